import type { HeldRun, SettledRecord } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Transaction } from '../setup/transaction.ts'

/**
 * What a run made of each record. Who wins is decided while nobody else can decide it for this release: a record without
 * a winner gets this one, an error makes room for it, and any other result stands.
 */
export async function addOutcomes({ kysely }: Pick<Transaction, 'kysely'>, run: HeldRun, outcomes: readonly SettledRecord[]): Promise<void> {
  if (outcomes.length === 0) return
  const release = run.expected.release.id
  const ids = outcomes.map(({ id }) => id)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`outcomes:${release}`}, 0))`.execute(kysely)
  await sql`
    update run_outcome set lost_at = clock_timestamp()
    where release_id = ${release} and record = any(${ids}::uuid[]) and won_at is not null and lost_at is null
      and status = 'ERRORED'`.execute(kysely)
  await sql`
    insert into run_outcome (run, record, release_id, status, reason, retryable, row_count, won_at)
    select ${run.id}, record, ${release}, status::outcome_status, reason, retryable, row_count,
      case when exists (
        select from run_outcome winner
        where winner.release_id = ${release} and winner.record = settled.record and winner.won_at is not null and winner.lost_at is null
      ) then null else clock_timestamp() end
    from unnest(
      ${ids}::uuid[],
      ${outcomes.map(({ outcome }) => outcome.status)}::text[],
      ${outcomes.map(({ outcome }) => ('reason' in outcome ? outcome.reason : null))}::text[],
      ${outcomes.map(({ outcome }) => outcome.status === 'ERRORED' && outcome.retryable)}::boolean[],
      ${outcomes.map(({ rows }) => rows)}::integer[]
    ) as settled (record, status, reason, retryable, row_count)`.execute(kysely)
}
