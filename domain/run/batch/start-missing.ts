import { parseSlug, type HookName } from '@strata/domain/shared'
import type { BatchPriority, Origin } from './batch.ts'
import { startBatch, type StartBatchPorts } from './start-batch.ts'

/** Port: which of these records have a result of which hook, by a release that is not yanked. */
export type ResultsOf = (recordIds: readonly string[]) => Promise<ReadonlyMap<HookName, ReadonlySet<string>>>

export interface NewlyPublished {
  readonly convention: string
  readonly recordIds: readonly string[]
  readonly priority: BatchPriority
  readonly eventId: string
}

/**
 * Starts the hooks of a convention on its new records. Records that were validated first already have results, so only hooks
 * without a result run, such as one that was added to the convention meanwhile. Returns the number of runs.
 */
export async function startMissing(
  ports: StartBatchPorts & { readonly resultsOf: ResultsOf },
  { convention, recordIds, priority, eventId }: NewlyPublished,
  origin: Origin,
): Promise<number> {
  const results = await ports.resultsOf(recordIds)
  const live = await ports.liveReleases.ofConvention(parseSlug(convention))
  const missing = live.map(({ hook }) => ({ hook, ids: recordIds.filter((id) => !results.get(hook)?.has(id)) }))
  let runs = 0
  // Hooks that miss the same records share a batch, so there is usually at most one.
  const groups = Map.groupBy(
    missing.filter(({ ids }) => ids.length > 0),
    ({ ids }) => ids.join(),
  )
  for (const [part, group] of [...groups.values()].entries()) {
    const cause = { kind: 'event', eventId, part } as const
    runs += await startBatch(
      ports,
      { convention, recordIds: group[0]?.ids ?? [], priority, cause, hooks: group.map(({ hook }) => hook) },
      origin,
    )
  }
  return runs
}
