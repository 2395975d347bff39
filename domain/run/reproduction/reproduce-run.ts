import { createHash, randomUUIDv7 } from 'node:crypto'
import { memoryBytes, type RuntimeLimits } from '@strata/domain/registry'
import { BadUserInput, Conflict, NotFound, type HookName, type Slug } from '@strata/domain/shared'
import type { BatchStore, Origin } from '../batch/batch.ts'
import type { ReproducedRun } from './reproduction.ts'

export interface ReproduceInput {
  readonly run: string
  /** How many of its records; all unless told otherwise. */
  readonly sample?: number | null | undefined
}

/** Port: a run as it is to be done again. */
export interface ReproducibleRuns {
  find(run: string): Promise<ReproducibleRun | undefined>
}

interface ReproducibleRun extends ReproducedRun {
  readonly hook: HookName
  readonly convention: Slug
  readonly releaseId: string
  readonly limits: RuntimeLimits
  /** All that it was over are records by now. */
  readonly isPublished: boolean
}

/**
 * Does a run again: the same release, by its digest, over the same records. What comes of it is compared and not kept, so
 * a yanked release may be reproduced too; that is reading history. Returns the id of the new run.
 */
export async function reproduceRun(
  ports: { readonly reproducible: ReproducibleRuns; readonly batches: BatchStore },
  input: ReproduceInput,
  origin: Origin,
): Promise<string> {
  const first = await ports.reproducible.find(input.run)
  if (first === undefined) throw new NotFound(`There is no run "${input.run.slice(0, 80)}".`, 'run')
  refuse(first)
  const { hook, convention, releaseId, limits } = first
  const run = { id: randomUUIDv7(), hook, releaseId, memoryBytes: memoryBytes(limits), reproduces: first.id }
  const recordIds = sampleOf(first.recordIds, input.sample ?? undefined)
  const cause = { kind: 'reproduction' } as const
  await ports.batches.insert(
    { id: randomUUIDv7(), convention, priority: 'INTERACTIVE', recordIds, candidates: false, cause, runs: [run] },
    origin,
  )
  return run.id
}

function refuse({ status, reproduces, isPublished }: ReproducibleRun): void {
  if (reproduces !== undefined) throw new Conflict(`This run is itself a reproduction, of run ${reproduces}; reproduce that one.`, 'run')
  if (status === 'QUEUED' || status === 'RUNNING')
    throw new Conflict(`This run is ${status}; it can be reproduced when it has ended.`, 'run')
  if (status !== 'PASSED' && status !== 'WARNINGS') {
    throw new Conflict(`This run is ${status}, so there are no results to compare with; retryRun computes its records anew.`, 'run')
  }
  // How it compares is for everybody to read, and what was never published is not.
  if (!isPublished) throw new Conflict('Not all that this run was over has been published, so it cannot be reproduced.', 'run')
}

/** The same sample each time: the records whose ids hash to the least, in the order of the batch. */
export function sampleOf(recordIds: readonly string[], size: number | undefined): readonly string[] {
  if (size === undefined || size >= recordIds.length) return recordIds
  if (size < 1) throw new BadUserInput('"sample" is at least 1; leave it out to do all records again.', 'sample')
  const byHash = recordIds.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
  const chosen = new Set(byHash.slice(0, size))
  return recordIds.filter((id) => chosen.has(id))
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}
