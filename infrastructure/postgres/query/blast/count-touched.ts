import { rankReleases } from '@strata/domain/dataset'
import { addCounts, countTouched, type TouchedCounts } from '@strata/domain/provenance'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { isCounting } from '../reading/counting-versions.ts'
import { hookProfiles } from '../reading/kept-counts.ts'
import { releaseStandings } from '../reading/release-standings.ts'

type Kysely = Database['kysely']

/** Uses the stored counts. Results of several hooks may be for the same record, so then the records are read. */
export async function countReleases(kysely: Kysely, releases: readonly string[]): Promise<TouchedCounts> {
  const none = { records: 0n, rows: 0n, effectiveRows: 0n }
  if (releases.length === 0) return none
  const of = await sql<{ hook: string }>`select distinct hook from hook_release where id = any(${releases}::uuid[])`.execute(kysely)
  const hooks = of.rows.map(({ hook }) => hook)
  const standings = await releaseStandings({ kysely }, hooks)
  const profiles = Map.groupBy(await hookProfiles({ kysely }, { hooks }), ({ hook }) => hook)
  const counts = hooks
    .map((hook) =>
      countTouched(releases, { standings: standings.get(hook) ?? [], profiles: (profiles.get(hook) ?? []).flatMap((one) => one.profiles) }),
    )
    .reduce(addCounts, none)
  return hooks.length > 1 ? { ...counts, records: await countRecords(kysely, releases) } : counts
}

async function countRecords(kysely: Kysely, releases: readonly string[]): Promise<bigint> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) from (
      select distinct record from run_outcome where release_id = any(${releases}::uuid[]) and won_at is not null and lost_at is null
    ) touched
    where exists (select from record where record.id = touched.record) and ${isCounting(sql`touched.record`)}`.execute(kysely)
  return rows[0]?.count ?? 0n
}

/** Reads the records, because a run has at most a thousand. */
export async function countRun(kysely: Kysely, run: string): Promise<TouchedCounts> {
  const of = await sql<{ hook: string; release: string }>`select hook, release_id as release from hook_run where id = ${run}::uuid`.execute(
    kysely,
  )
  const { hook = '', release } = of.rows[0] ?? {}
  const ranked = rankReleases((await releaseStandings({ kysely }, [hook])).get(hook) ?? [])
  const rank = ranked.findIndex(({ id }) => id === release)
  const before = ranked.slice(0, Math.max(0, rank)).map(({ id }) => id)
  const { rows } = await sql<TouchedCounts>`
    select count(*) as records, coalesce(sum(outcome.row_count) filter (where outcome.won_at is not null), 0)::bigint as rows,
      coalesce(sum(outcome.row_count) filter (where ${rank >= 0} and outcome.won_at is not null and outcome.lost_at is null and not exists (
        select from run_outcome overtaking
        where overtaking.record = outcome.record and overtaking.release_id = any(${before}::uuid[])
          and overtaking.won_at is not null and overtaking.lost_at is null
      )), 0)::bigint as "effectiveRows"
    from run_outcome outcome
    where outcome.run = ${run}::uuid and exists (select from record where record.id = outcome.record) and ${isCounting(sql`outcome.record`)}`.execute(
    kysely,
  )
  return rows[0] ?? { records: 0n, rows: 0n, effectiveRows: 0n }
}
