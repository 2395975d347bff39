import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'

const maxEntries = 1_000

/** How a hook went beyond what it may write, as a sentence; undefined while it has not. Looks no deeper than it has to. */
export async function outputExcess(dir: string, maxBytes: number): Promise<string | undefined> {
  let bytes = 0
  let entries = 0
  const below = [dir]
  for (let at = below.pop(); at !== undefined; at = below.pop()) {
    const listing = await opendir(at).catch(() => undefined)
    if (listing === undefined) continue
    for await (const entry of listing) {
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
  let stopped = false
  const look = async () => {
    while (!stopped) {
      const excess = await outputExcess(dir, maxBytes)
      if (excess !== undefined) {
        if (!stopped) onExcess(excess)
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  void look()
  return () => {
    stopped = true
  }
}

/** A file may be gone between the listing and this. */
async function sizeOf(path: string): Promise<number> {
  return lstat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
