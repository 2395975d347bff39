import type { BackfillCounts } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'

/** The progress of backfills, one result each. If a batch ran several times, the last run counts. */
export async function backfillCounts({ kysely }: Pick<Database, 'kysely'>, ids: readonly string[]): Promise<readonly BackfillCounts[]> {
  const { rows } = await sql<{ id: string; done: bigint; underWay: bigint }>`
    select batch.backfill_id as id,
      coalesce(sum(run.passed_count + run.empty_count + run.rejected_count) filter (where run.finished_at is not null), 0) as done,
      coalesce(sum(run.record_count) filter (where run.finished_at is null), 0) as "underWay"
    from batch
    join lateral (select * from hook_run where batch_id = batch.id order by id desc limit 1) run on true
    where batch.backfill_id = any(${ids}::uuid[])
    group by batch.backfill_id`.execute(kysely)
  const byId = new Map(rows.map(({ id, done, underWay }) => [id, { done: BigInt(done), underWay: BigInt(underWay) }]))
  return ids.map((id) => byId.get(id) ?? { done: 0n, underWay: 0n })
}
