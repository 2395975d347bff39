import { setTimeout as sleep } from 'node:timers/promises'
import { walkOutput } from './walk-output.ts'

/** The limits on the number of entries in an output directory and on their depth. */
export const outputTree = { maxEntries: 1_000, maxDepth: 8 }

/** A hook that keeps renaming its files must not look like a hook without files. */
const looksAtMoving = 20
const betweenLooksMs = 10

/** How a hook went beyond what it may write, as a sentence; undefined while it has not. It may be writing still. */
export async function outputExcess(dir: string, maxBytes: number): Promise<string | undefined> {
  for (let looks = 1; looks <= looksAtMoving; looks += 1) {
    const { excess, missed } = await measure(dir, maxBytes)
    if (excess !== undefined) return `The hook wrote ${excess}.`
    if (!missed) return undefined
    await sleep(betweenLooksMs)
  }
  return 'The hook wrote files that are renamed or removed faster than they can be counted.'
}

/** `missed` when an entry was gone before it was counted. */
async function measure(dir: string, maxBytes: number): Promise<{ readonly excess?: string; readonly missed: boolean }> {
  let bytes = 0
  let entries = 0
  let missed = false
  for await (const found of walkOutput(dir, outputTree.maxDepth)) {
    switch (found.is) {
      case 'deep':
        return { excess: `directories nested deeper than ${outputTree.maxDepth}`, missed }
      case 'hidden':
        return { excess: 'a directory that cannot be looked into', missed }
      case 'gone':
        missed = true
        break
      case 'there':
        // Blocks can be allocated beyond a file's end. Half of them count, because some file systems allocate twice the size of a growing
        // file.
        if (!found.stats.isDirectory()) bytes += Math.max(found.stats.size, found.stats.blocks * 256)
    }
    if (found.is !== 'gone') entries += 1
    if (entries > outputTree.maxEntries) return { excess: `more than ${outputTree.maxEntries} files`, missed }
    if (bytes > maxBytes) return { excess: `more than ${maxBytes} bytes`, missed }
  }
  return { missed }
}
