import type { Dirent } from 'node:fs'
import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './open-output.ts'

const maxEntries = 1_000

/** How a hook went beyond what it may write, as a sentence; undefined while it has not. Looks no deeper than it has to. */
export async function outputExcess(dir: string, maxBytes: number): Promise<string | undefined> {
  let bytes = 0
  let entries = 0
  const below = [dir]
  for (let at = below.pop(); at !== undefined; at = below.pop()) {
    for await (const entry of entriesOf(at)) {
      entries += 1
      if (entries > maxEntries) return `The hook wrote more than ${maxEntries} files.`
      if (entry.isDirectory()) below.push(join(at, entry.name))
      else bytes += await sizeOf(join(at, entry.name))
      if (bytes > maxBytes) return `The hook wrote more than ${maxBytes} bytes.`
    }
  }
  return undefined
}

/** Looks again and again; the function returned stops it. */
export function watchOutput(dir: string, maxBytes: number, onExcess: (excess: string) => void): () => void {
  const watch = { stopped: false }
  const look = async () => {
    while (!watch.stopped) {
      const excess = await outputExcess(dir, maxBytes)
      if (excess !== undefined) {
        if (!watch.stopped) onExcess(excess)
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  void look()
  return () => {
    watch.stopped = true
  }
}

/** The hook may remove a directory while it is looked into; what is gone takes no room. */
async function* entriesOf(dir: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(dir)
  } catch (error) {
    if (codeOf(error) === undefined) throw error
  }
}

/** A file may be gone between the listing and this. */
async function sizeOf(path: string): Promise<number> {
  return lstat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
