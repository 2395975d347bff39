import { createHash, randomUUIDv7 } from 'node:crypto'
import { memoryBytes, type RuntimeLimits } from '@strata/domain/registry'
import { BadUserInput, Conflict, NotFound, type HookName, type Slug } from '@strata/domain/shared'
import type { BatchStore, Origin } from '../batch/batch.ts'
import type { ReproducedRun } from './reproduction.ts'

export interface ReproduceInput {
  readonly run: string
  /** The number of records to reproduce. Default: all. */
  readonly sample?: number | null | undefined
}

/** Port: the runs to reproduce. */
export interface ReproducibleRuns {
  find(run: string): Promise<ReproducibleRun | undefined>
}

interface ReproducibleRun extends ReproducedRun {
  readonly hook: HookName
  readonly convention: Slug
  readonly releaseId: string
  readonly limits: RuntimeLimits
  /** Whether all of its input is published. */
  readonly isPublished: boolean
}

/**
 * Runs the same release, by digest, over the same records again. The results are compared and not stored, so a run of a yanked
 * release can be reproduced too. Returns the id of the new run.
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
    throw new Conflict(`This run is ${status}, so there are no results to compare with; retryRun computes its records again.`, 'run')
  }
  // The comparison is public, so unpublished data must not be in it.
  if (!isPublished) throw new Conflict('Not all records of this run are published, so it cannot be reproduced.', 'run')
}

/** Deterministic: the records whose ids have the lowest hashes, in the order of the batch. */
export function sampleOf(recordIds: readonly string[], size: number | undefined): readonly string[] {
  if (size === undefined || size >= recordIds.length) return recordIds
  if (size < 1) throw new BadUserInput('"sample" must be at least 1; leave it out to reproduce all records.', 'sample')
  const byHash = recordIds.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
  const chosen = new Set(byHash.slice(0, size))
  return recordIds.filter((id) => chosen.has(id))
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}
