import { randomUUIDv7 } from 'node:crypto'
import { memoryBytes, type RuntimeLimits } from '@strata/domain/registry'
import { parseSlug, type HookName, type Slug } from '@strata/domain/shared'
import type { BatchCause, BatchPriority, BatchStore, Origin } from './batch.ts'

/** Port: the current live release of each hook of a convention. Hooks without one are left out. */
export interface LiveReleases {
  ofConvention(convention: Slug): Promise<readonly LiveRelease[]>
}

export interface LiveRelease {
  readonly hook: HookName
  readonly releaseId: string
  readonly limits: RuntimeLimits
}

export interface StartBatchInput {
  readonly convention: string
  readonly recordIds: readonly string[]
  /** Whether these are candidates instead of records. */
  readonly candidates?: boolean
  readonly priority: BatchPriority
  readonly cause: BatchCause
  /** Default: all hooks of the convention. */
  readonly hooks?: readonly HookName[]
}

export interface StartBatchPorts {
  readonly liveReleases: LiveReleases
  readonly batches: BatchStore
}

/**
 * Creates a batch of records and one run per hook. The live releases are read here, once, so a later move of a pointer does not
 * affect work in flight. Returns the number of runs; without runs, no batch is created.
 */
export async function startBatch(ports: StartBatchPorts, input: StartBatchInput, origin: Origin): Promise<number> {
  const convention = parseSlug(input.convention)
  const wanted = input.hooks && new Set(input.hooks)
  const live = (await ports.liveReleases.ofConvention(convention)).filter(({ hook }) => wanted?.has(hook) ?? true)
  if (live.length === 0 || input.recordIds.length === 0) return 0
  const { recordIds, candidates = false, priority, cause } = input
  // Until a worker starts them, small publishes are gathered into one batch.
  const releases = live.map(({ releaseId }) => releaseId)
  if (cause.kind === 'event' && !candidates && (await ports.batches.gather({ convention, priority, recordIds, releases }, origin)))
    return live.length
  const runs = live.map(({ hook, releaseId, limits }) => ({ id: randomUUIDv7(), hook, releaseId, memoryBytes: memoryBytes(limits) }))
  const inserted = await ports.batches.insert({ id: randomUUIDv7(), convention, priority, recordIds, candidates, cause, runs }, origin)
  return inserted ? runs.length : 0
}
