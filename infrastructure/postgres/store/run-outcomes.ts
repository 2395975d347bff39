import type { HeldRun, SettledRecord } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { recount } from './coverage.ts'
import { eraseLateResults } from './erase-record.ts'

type Writing = Pick<Transaction, 'kysely'>

/**
 * Writes the outcome of a run for each record. Decides under a lock on the hook which outcome wins: a record without a winner gets this
 * one, which also replaces an error but no other result. Rows of an outcome that did not win are removed, so the table has only
 * winners' rows. An outcome loses after the time it won and before the next one wins, even if the clock was set
 * back.
 */
export async function addOutcomes(tx: Writing, run: HeldRun, outcomes: readonly SettledRecord[]): Promise<void> {
  if (outcomes.length === 0) return
  const ids = outcomes.map(({ id }) => id)
  await recount(tx, { hook: run.hook, convention: run.convention, records: ids }, async () => {
    await endErrors(tx, run, ids)
    const lost = await insert(tx, run, outcomes)
    if (lost.length > 0) await removeRows(tx, run, lost)
    await eraseLateResults(tx, run.id, ids)
  })
}

async function endErrors({ kysely }: Writing, run: HeldRun, ids: readonly string[]): Promise<void> {
  await sql`
    update run_outcome set lost_at = greatest(clock_timestamp(), won_at)
    where release_id = ${run.expected.release.id} and record = any(${ids}::uuid[]) and won_at is not null and lost_at is null
      and status = 'ERRORED'`.execute(kysely)
}

/** Returns the records with rows whose outcome did not win. */
async function insert({ kysely }: Writing, run: HeldRun, outcomes: readonly SettledRecord[]): Promise<readonly string[]> {
  const release = run.expected.release.id
  const inserted = await sql<{ record: string; isLost: boolean }>`
    insert into run_outcome (run, record, release_id, status, reason, retryable, row_count, won_at)
    select ${run.id}, record, ${release}, status::outcome_status, reason, retryable, row_count,
      case when exists (
        select from run_outcome winner
        where winner.release_id = ${release} and winner.record = settled.record and winner.won_at is not null and winner.lost_at is null
      ) then null else greatest(clock_timestamp(), (
        select max(lost_at) from run_outcome loser where loser.release_id = ${release} and loser.record = settled.record
      )) end
    from unnest(
      ${outcomes.map(({ id }) => id)}::uuid[],
      ${outcomes.map(({ outcome }) => outcome.status)}::text[],
      ${outcomes.map(({ outcome }) => ('reason' in outcome ? outcome.reason : null))}::text[],
      ${outcomes.map(({ outcome }) => outcome.status === 'ERRORED' && outcome.retryable)}::boolean[],
      ${outcomes.map(({ rows }) => rows)}::integer[]
    ) as settled (record, status, reason, retryable, row_count)
    returning record, won_at is null and row_count > 0 as "isLost"`.execute(kysely)
  return inserted.rows.filter(({ isLost }) => isLost).map(({ record }) => record)
}

async function removeRows({ kysely }: Writing, run: HeldRun, records: readonly string[]): Promise<void> {
  await sql`
    delete from ${sql.id('features', run.hook)} where _run = ${run.id} and _record = any(${records}::uuid[])`.execute(kysely)
}
