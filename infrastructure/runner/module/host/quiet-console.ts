import { writeSync } from 'node:fs'
import { Console } from 'node:console'
import { Writable } from 'node:stream'

/** A console for the program that prints into the log. The global console gives access to the process's streams, and through them to files. */
export function quietConsole(): Console {
  const into = (fd: number) =>
    new Writable({
      decodeStrings: true,
      write(chunk: Buffer, _, done) {
        for (let written = 0; written < chunk.length;) written += writeSync(fd, chunk, written)
        done()
      },
    })
  return new Console({ stdout: into(1), stderr: into(2), ignoreErrors: true, colorMode: false })
}
