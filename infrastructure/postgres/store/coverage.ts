import { sql, type RawBuilder } from 'kysely'
import { isCounting } from '../query/reading/counting-versions.ts'
import type { Transaction } from '../session/transaction.ts'

type Writing = Pick<Transaction, 'kysely'>

interface Outcomes {
  readonly hook: string
  readonly convention: string
  readonly records: readonly string[]
}

/**
 * Changes outcomes of a hook for some records and updates the counts of its coverage: the records leave their old profiles and enter
 * the new ones. Transactions that change outcomes of the same hook are serialized, so that each counts from the profiles that the
 * previous one left. They also wait for transactions that change which versions of the convention count.
 */
export async function recount(tx: Writing, { hook, convention, records }: Outcomes, change: () => Promise<void>): Promise<void> {
  await claimCoverage(tx, hook)
  await sql`select pg_advisory_xact_lock_shared(${countingOf(convention)})`.execute(tx.kysely)
  await count(tx, hook, records, sql`-1`)
  await change()
  await count(tx, hook, records, sql`1`)
  await sql`delete from hook_coverage where hook = ${hook} and convention = ${convention} and records = 0`.execute(tx.kysely)
}

/** Records that begin to count enter the profiles of what hooks had made of them before. */
export async function enterCoverage(tx: Writing, convention: string, records: readonly string[]): Promise<void> {
  for (const hook of await claimResults(tx, convention, records)) await count(tx, hook, records, sql`1`)
}

/** Records that stop counting leave the profiles of what hooks made of them. Call it before their absence is written. */
export async function leaveCoverage(tx: Writing, convention: string, records: readonly string[]): Promise<void> {
  for (const hook of await claimResults(tx, convention, records)) await count(tx, hook, records, sql`-1`)
}

/**
 * The hooks with a result of these records. Until this transaction ends, no run over the convention's records can end: otherwise a
 * run that does not see yet that a record stopped counting would enter its result.
 */
async function claimResults({ kysely }: Writing, convention: string, records: readonly string[]): Promise<readonly string[]> {
  if (records.length === 0) return []
  await sql`select pg_advisory_xact_lock(${countingOf(convention)})`.execute(kysely)
  const { rows } = await sql<{ hook: string }>`
    select distinct release.hook
    from run_outcome join hook_release release on release.id = release_id
    where record = any(${records}::uuid[])
    order by hook`.execute(kysely)
  return rows.map(({ hook }) => hook)
}

/** Until the transaction ends, no other changes what counts in the coverage of this hook. */
export async function claimCoverage({ kysely }: Writing, hook: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`coverage:${hook}`}, 0))`.execute(kysely)
}

/** The lock of a convention's records that count. Taken after those of hooks, always: then transactions never wait for each other crosswise. */
function countingOf(convention: string): RawBuilder<bigint> {
  return sql`hashtextextended(${`counting:${convention}`}, 0)`
}

/** Only records that count: what is validated before it is published enters its profile when it is. */
async function count({ kysely }: Writing, hook: string, records: readonly string[], by: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into hook_coverage as kept (hook, convention, profile, version, status, records, rows)
    select ${hook}, convention, profile, version, status, ${by} * count(*), ${by} * sum(row_count)
    from (
      select record.convention, release.version, outcome.status, outcome.row_count,
        string_agg(release.version || '=' || outcome.status, ',') over (
          partition by outcome.record order by release.version rows between unbounded preceding and unbounded following
        ) as profile
      from run_outcome outcome
      join hook_release release on release.id = outcome.release_id and release.hook = ${hook}
      join record on record.id = outcome.record
      where outcome.record = any(${records}::uuid[]) and outcome.won_at is not null and outcome.lost_at is null
        and ${isCounting(sql`outcome.record`)}
    ) as winners
    group by convention, profile, version, status
    on conflict (hook, convention, profile, version)
    do update set records = kept.records + excluded.records, rows = kept.rows + excluded.rows`.execute(kysely)
}
