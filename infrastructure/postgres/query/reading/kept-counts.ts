import { coverageOf, type Coverage, type CoverageProfile } from '@strata/domain/dataset'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { releaseStandings } from './release-standings.ts'

type Reading = Pick<Database, 'kysely'>

/** The profiles of the records of conventions, by hook and convention. */
export interface HookProfiles {
  readonly hook: string
  readonly convention: string
  readonly profiles: readonly CoverageProfile[]
}

export async function hookProfiles(
  { kysely }: Reading,
  where: { readonly hooks?: readonly string[]; readonly conventions?: readonly string[] },
): Promise<readonly HookProfiles[]> {
  const { rows } = await sql<ProfileRow>`
    select hook, convention, profile, records, version, status, rows
    from hook_coverage
    where records > 0
      ${where.hooks === undefined ? sql`` : sql`and hook = any(${where.hooks}::text[])`}
      ${where.conventions === undefined ? sql`` : sql`and convention = any(${where.conventions}::text[])`}
    order by hook, convention, profile, version`.execute(kysely)
  return [...Map.groupBy(rows, ({ hook, convention }) => `${convention}/${hook}`).values()].map((some) => ({
    hook: some[0]?.hook ?? '',
    convention: some[0]?.convention ?? '',
    profiles: [...Map.groupBy(some, ({ profile }) => profile).values()].map((results) => ({ records: results[0]?.records ?? 0n, results })),
  }))
}

interface ProfileRow {
  readonly hook: string
  readonly convention: string
  readonly profile: string
  readonly records: bigint
  readonly version: number
  readonly status: CoverageProfile['results'][number]['status']
  readonly rows: bigint
}

/** The number of records per schema and major of conventions, by `<convention>/<schema>_v<major>`. */
export async function recordCounts({ kysely }: Reading, conventions: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ table: string; records: bigint }>`
    select convention || '/' || schema_id || '_v' || schema_major as table, sum(records)::bigint as records
    from record_count
    where convention = any(${conventions}::text[])
    group by 1`.execute(kysely)
  return new Map(rows.map(({ table, records }) => [table, records]))
}

/** Coverage and effective rows of the hooks of conventions, by `<convention>/<hook>`. Hooks without results are left out. */
export async function keptCoverage(
  database: Reading,
  conventions: readonly string[],
): Promise<ReadonlyMap<string, { readonly coverage: Coverage; readonly rows: bigint }>> {
  const counted = await hookProfiles(database, { conventions })
  const standings = await releaseStandings(database, [...new Set(counted.map(({ hook }) => hook))])
  const totals = recordTotals(await recordCounts(database, conventions))
  return new Map(
    counted.map(({ hook, convention, profiles }) => [
      `${convention}/${hook}`,
      coverageOf(totals.get(convention) ?? 0n, profiles, standings.get(hook) ?? []),
    ]),
  )
}

export function recordTotals(counts: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> {
  const totals = new Map<string, bigint>()
  for (const [table, count] of counts) {
    const convention = table.slice(0, table.indexOf('/'))
    totals.set(convention, (totals.get(convention) ?? 0n) + count)
  }
  return totals
}
