import { randomUUIDv7 } from 'node:crypto'
import { memoryBytes, type RuntimeLimits } from '@strata/domain/registry'
import { parseSlug, type HookName, type Slug } from '@strata/domain/shared'
import type { BatchPriority, BatchStore, Origin } from './batch.ts'

/** Port: which release each hook of a convention has live at this moment. Hooks that have none yet are left out. */
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
  readonly priority: BatchPriority
  readonly eventId: string
}

/**
 * Makes a batch of records and one run for each hook. The live releases are read here, once: moving a pointer later does
 * not touch work in flight. Returns how many runs there are; without any there is no batch either.
 */
export async function startBatch(
  ports: { liveReleases: LiveReleases; batches: BatchStore },
  input: StartBatchInput,
  origin: Origin,
): Promise<number> {
  const convention = parseSlug(input.convention)
  const live = await ports.liveReleases.ofConvention(convention)
  if (live.length === 0 || input.recordIds.length === 0) return 0
  const { recordIds, priority, eventId } = input
  const runs = live.map(({ hook, releaseId, limits }) => ({ id: randomUUIDv7(), hook, releaseId, memoryBytes: memoryBytes(limits) }))
  const cause = { kind: 'event', eventId } as const
  const inserted = await ports.batches.insert({ id: randomUUIDv7(), convention, priority, recordIds, cause, runs }, origin)
  return inserted ? runs.length : 0
}
