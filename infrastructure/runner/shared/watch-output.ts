import { constants } from 'node:fs'
import { lstat, open, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './open-output.ts'

const maxEntries = 1_000
const maxDepth = 8

/** How a hook went beyond what it may write, as a sentence; undefined while it has not. It may be writing still. */
export async function outputExcess(dir: string, maxBytes: number): Promise<string | undefined> {
  const excess = await measure(dir, 0, { bytes: 0, entries: 0, maxBytes })
  return excess === undefined ? undefined : `The hook wrote ${excess}.`
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

interface Sum {
  bytes: number
  entries: number
  readonly maxBytes: number
}

async function measure(dir: string, depth: number, sum: Sum): Promise<string | undefined> {
  if (depth > maxDepth) return `directories nested deeper than ${maxDepth}`
  // Held open and without following: a hook may put a link in a directory's place while it is being looked at.
  const held = await open(dir, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(goneOrHidden)
  if (held === 'gone') return undefined
  if (held === 'hidden') return 'a directory that cannot be looked into'
  try {
    const base = process.platform === 'linux' ? `/proc/self/fd/${held.fd}` : dir
    for await (const entry of await opendir(base)) {
      sum.entries += 1
      if (sum.entries > maxEntries) return `more than ${maxEntries} files`
      const path = join(base, entry.name)
      if (entry.isDirectory()) {
        const excess = await measure(path, depth + 1, sum)
        if (excess !== undefined) return excess
      } else sum.bytes += await bytesOf(path)
      if (sum.bytes > sum.maxBytes) return `more than ${sum.maxBytes} bytes`
    }
    return undefined
  } catch (error) {
    return goneOrHidden(error) === 'gone' ? undefined : 'a directory that cannot be looked into'
  } finally {
    await held.close()
  }
}

/** Space can be taken beyond a file's end, too. Half of it counts: some file systems hold as much again for a growing file. */
async function bytesOf(path: string): Promise<number> {
  const found = await lstat(path).catch(goneOrHidden)
  return typeof found === 'string' ? 0 : Math.max(found.size, found.blocks * 256)
}

/** What is gone again, or a link by now, takes no room. */
function goneOrHidden(error: unknown): 'gone' | 'hidden' {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return 'gone'
  if (code === 'EACCES' || code === 'EPERM') return 'hidden'
  throw error
}
