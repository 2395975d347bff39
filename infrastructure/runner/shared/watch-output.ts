import { programContracts, type ProgramKind, type RunJob } from '@strata/domain/run'
import { setTimeout as sleep } from 'node:timers/promises'
import { directoriesOf } from './directories.ts'
import { walkOutput, type Found } from './walk-output.ts'

/** A program that keeps renaming its files must not look like one without files. */
const looksAtMoving = 20
const betweenLooksMs = 10

type Written = Pick<RunJob, 'program' | 'inputDir' | 'filesDir' | 'outputDir' | 'maxOutputBytes'>

/** A look at many files takes long. The watch then rests longer, so that it leaves the processor to others, but not for long. */
const rest = { atLeastMs: 100, perLook: 4, atMostMs: 1_000 }

/** Watches what a program writes, and resolves when it goes beyond what it may; undefined when the signal ended the watch. */
export async function untilExcess(job: Written, over: AbortSignal): Promise<string | undefined> {
  while (!over.aborted) {
    const began = performance.now()
    const excess = await outputExcess(job, over)
    if (excess !== undefined) return excess
    const restMs = Math.max(rest.atLeastMs, (performance.now() - began) * rest.perLook)
    await sleep(Math.min(restMs, rest.atMostMs), undefined, { signal: over }).catch(() => undefined)
  }
  return undefined
}

/**
 * How a program went beyond what it may write, as a sentence; undefined while it has not. It may be writing still. A look at many files
 * ends early, without a finding, when the signal is aborted.
 */
export async function outputExcess(job: Written, over?: AbortSignal): Promise<string | undefined> {
  const { kind } = job.program
  const directories = directoriesOf(job)
  const dirs = programContracts[kind].writable.map((which) => directories[which])
  for (let looks = 1; looks <= looksAtMoving; looks += 1) {
    const { excess, missed } = await measure(dirs, kind, job.maxOutputBytes, over)
    if (excess !== undefined) return `The ${kind} wrote ${excess}.`
    if (!missed || over?.aborted === true) return undefined
    await sleep(betweenLooksMs)
  }
  return `The ${kind} wrote files that are renamed or removed faster than they can be counted.`
}

/** `missed` when an entry was gone before it was counted. */
async function measure(
  dirs: readonly string[],
  kind: ProgramKind,
  maxBytes: number,
  over: AbortSignal | undefined,
): Promise<{ readonly excess?: string; readonly missed: boolean }> {
  const { maxEntries, maxDepth } = programContracts[kind].tree
  let bytes = 0
  let entries = 0
  let missed = false
  for await (const found of walkAll(dirs, maxDepth)) {
    if (over?.aborted === true) break
    switch (found.is) {
      case 'deep':
        return { excess: `directories nested deeper than ${maxDepth}`, missed }
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
    if (entries > maxEntries) return { excess: `more than ${maxEntries} files`, missed }
    if (bytes > maxBytes) return { excess: `more than ${maxBytes} bytes`, missed }
  }
  return { missed }
}

async function* walkAll(dirs: readonly string[], maxDepth: number): AsyncGenerator<Found, void> {
  for (const dir of dirs) yield* walkOutput(dir, maxDepth)
}
