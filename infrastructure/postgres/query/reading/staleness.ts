import { stalenessOf, type ExplainedRelease, type Staleness, type StandingResult } from '@strata/domain/dataset'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'

/** The state of each hook's result for each record: one result per pair, in order, with one query for the outcomes. */
export async function readStaleness(
  { kysely }: Pick<Database, 'kysely'>,
  pairs: readonly { readonly record: string; readonly hook: string }[],
): Promise<readonly Staleness[]> {
  if (pairs.length === 0) return []
  const hooks = [...new Set(pairs.map(({ hook }) => hook))]
  const releases = await sql<ExplainedRelease & { hook: string; stateReason: string | null }>`
    select release.hook, release.id, release.version, release.state, release.state_reason as "stateReason",
      release.id is not distinct from hook.live_release_id as "isLive"
    from hook_release release join hook on hook.name = release.hook
    where release.hook = any(${hooks}::text[])
    order by release.version`.execute(kysely)
  const ids = releases.rows.map(({ id }) => id)
  const results = await sql<ResultRow>`
    select outcome.record, outcome.release_id as release, outcome.status, outcome.reason
    from run_outcome outcome
    where outcome.record = any(${[...new Set(pairs.map(({ record }) => record))]}::uuid[]) and outcome.release_id = any(${ids}::uuid[])
      and outcome.won_at is not null and outcome.lost_at is null`.execute(kysely)

  const ofHook = Map.groupBy(releases.rows, ({ hook }) => hook)
  const ofRecord = Map.groupBy(results.rows, ({ record }) => record)
  return pairs.map(({ record, hook }) => {
    const own = (ofHook.get(hook) ?? []).map(({ stateReason, ...release }) =>
      stateReason === null ? release : { ...release, stateReason },
    )
    const versions = new Map(own.map(({ id, version }) => [id, version]))
    const found = (ofRecord.get(record) ?? []).flatMap(({ release, status, reason }): readonly StandingResult[] => {
      const version = versions.get(release)
      return version === undefined ? [] : [{ version, status, ...(reason === null ? {} : { reason }) }]
    })
    return stalenessOf(hook, own, found)
  })
}

interface ResultRow {
  readonly record: string
  readonly release: string
  readonly status: StandingResult['status']
  readonly reason: string | null
}
