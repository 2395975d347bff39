import { constants } from 'node:fs'
import { lstat, open, opendir } from 'node:fs/promises'
import { join } from 'node:path'

export interface OutputBound {
  readonly outputDir: string
  readonly maxOutputBytes: number
}

const maxEntries = 10_000
const maxDepth = 8

/** What is wrong with the amount of output, as the end of "The hook wrote …"; the hook may still be writing. */
export async function tooMuchOutput({ outputDir, maxOutputBytes }: OutputBound): Promise<string | undefined> {
  const sum = { bytes: 0, entries: 0 }
  const fault = await measure(outputDir, 0, sum)
  if (fault !== undefined) return fault
  return sum.bytes > maxOutputBytes ? `more than the ${maxOutputBytes} bytes it may` : undefined
}

async function measure(dir: string, depth: number, sum: { bytes: number; entries: number }): Promise<string | undefined> {
  if (depth > maxDepth) return `directories nested deeper than ${maxDepth}`
  // Held open and without following: a hook may put a link in a directory's place while it is being looked at.
  const held = await open(dir, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(unlessHidden)
  if (held === undefined) return undefined
  if (held === 'hidden') return 'a directory that cannot be looked into'
  try {
    const base = process.platform === 'linux' ? `/proc/self/fd/${held.fd}` : dir
    for await (const entry of await opendir(base)) {
      sum.entries += 1
      if (sum.entries > maxEntries) return `more than ${maxEntries} files`
      const path = join(base, entry.name)
      if (entry.isDirectory()) {
        const fault = await measure(path, depth + 1, sum)
        if (fault !== undefined) return fault
      } else sum.bytes += await bytesOf(path)
    }
    return undefined
  } finally {
    await held.close()
  }
}

/** Blocks count where there are more of them than the size says: space beyond the end of a file is taken, too. */
async function bytesOf(path: string): Promise<number> {
  const found = await lstat(path).catch(unlessHidden)
  return found === undefined || found === 'hidden' ? 0 : Math.max(found.size, found.blocks * 512)
}

/** Gone again, or a link by now: nothing to count. */
function unlessHidden(error: unknown): undefined | 'hidden' {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return undefined
  if (code === 'EACCES' || code === 'EPERM') return 'hidden'
  throw error
}
