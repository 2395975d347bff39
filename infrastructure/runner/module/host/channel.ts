import { readSync, writeSync } from 'node:fs'

/**
 * The only way out of a program's process: a socket to the worker. A frame is a length (4 bytes), a kind (1 byte) and a body; ../frames.ts is
 * the other end. Both calls block. So `files` answer synchronously, and no other code of the process runs between the end of one record and
 * the next.
 */
export interface Channel {
  send(kind: number, first?: Uint8Array, second?: Uint8Array): void
  receive(): { readonly kind: number; readonly body: Buffer }
}

export const channelFd = 3

/** Captures what it needs before the program is loaded and could change it. */
export function openChannel(fd: number): Channel {
  const allocate = Buffer.allocUnsafeSlow.bind(Buffer)

  const writeAll = (part: Uint8Array) => {
    for (let written = 0; written < part.length;) written += writeSync(fd, part, written, part.length - written)
  }
  const readAll = (length: number): Buffer => {
    const into = allocate(length)
    for (let got = 0; got < length;) {
      const more = readSync(fd, into, got, length - got, null)
      if (more === 0) throw new Error('the worker closed the channel')
      got += more
    }
    return into
  }
  return {
    send(kind, first, second) {
      const length = (first?.length ?? 0) + (second?.length ?? 0)
      const head = allocate(5)
      for (let i = 0; i < 4; i += 1) head[i] = (length >>> (24 - 8 * i)) & 255
      head[4] = kind
      writeAll(head)
      if (first !== undefined) writeAll(first)
      if (second !== undefined) writeAll(second)
    },
    receive() {
      const head = readAll(5)
      let length = 0
      for (let i = 0; i < 4; i += 1) length = length * 256 + (head[i] ?? 0)
      return { kind: head[4] ?? 0, body: readAll(length) }
    },
  }
}
