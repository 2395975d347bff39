import { sql, type RawBuilder } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

type Writing = Pick<Transaction, 'kysely'>

/**
 * Changes outcomes of a hook over some records and keeps the counts of its coverage in step: the records leave the
 * profiles they had and enter those they have then. Transactions that change outcomes of this hook wait for each other, so that
 * no change is counted by a profile that another has just ended.
 */
export async function recount(tx: Writing, hook: string, records: readonly string[], change: () => Promise<void>): Promise<void> {
  await claimCoverage(tx, hook)
  await count(tx, hook, records, sql`-1`)
  await change()
  await count(tx, hook, records, sql`1`)
  await sql`delete from hook_coverage where hook = ${hook} and records = 0`.execute(tx.kysely)
}

/**
 * Records that were candidates enter the profiles of what their hooks made of them before they were published. A transaction
 * that ends a run over them waits for this one, or the other way round: all hooks that may have a result are locked, in one order.
 */
export async function enterCoverage(tx: Writing, convention: string, records: readonly string[]): Promise<void> {
  for (const hook of await claimHooks(tx, convention, records)) await count(tx, hook, records, sql`1`)
}

/** Records that stop counting leave the profiles of what their hooks made of them. The same locks as above. */
export async function leaveCoverage(tx: Writing, convention: string, records: readonly string[]): Promise<void> {
  for (const hook of await claimHooks(tx, convention, records)) await count(tx, hook, records, sql`-1`)
}

async function claimHooks(tx: Writing, convention: string, records: readonly string[]): Promise<readonly string[]> {
  if (records.length === 0) return []
  const { rows } = await sql<{ hook: string }>`
    select hook from convention_hook where convention = ${convention}
    union
    select release.hook from run_outcome join hook_release release on release.id = release_id where record = any(${records}::uuid[])
    order by hook`.execute(tx.kysely)
  for (const { hook } of rows) await claimCoverage(tx, hook)
  return rows.map(({ hook }) => hook)
}

/** Until the transaction ends, no other changes what counts in the coverage of this hook. */
export async function claimCoverage({ kysely }: Writing, hook: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`coverage:${hook}`}, 0))`.execute(kysely)
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
        and not exists (select from absence where absence.record = outcome.record and absence.until is null)
    ) as winners
    group by convention, profile, version, status
    on conflict (hook, convention, profile, version)
    do update set records = kept.records + excluded.records, rows = kept.rows + excluded.rows`.execute(kysely)
}
