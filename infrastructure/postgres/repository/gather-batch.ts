import { maxBatchSize, type BatchStore } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/**
 * Looks only at the newest waiting run of one of the releases, so the cost does not depend on the number of waiting runs. Locks the runs of
 * its batch until the transaction ends: a worker that is about to start one waits and then reads the extended batch. If a worker was
 * faster, the locked runs are not waiting any more.
 */
export async function gatherIntoBatch(
  { kysely }: Pick<Transaction, 'kysely'>,
  { convention, priority, recordIds, releases }: Parameters<BatchStore['gather']>[0],
  { actor }: Parameters<BatchStore['gather']>[1],
): Promise<boolean> {
  const { rows } = await sql<{ batch: string; runs: string[] }>`
    with newest as (
      select batch_id from hook_run
      where status = 'QUEUED' and convention = ${convention} and priority = ${priority}::batch_priority and release_id = ${releases[0]}
      order by id desc
      limit 1
    )
    select batch.id as batch, array_agg(run.id) as runs
    from newest
    join batch on batch.id = newest.batch_id
    join hook_run run on run.batch_id = batch.id
    where batch.event_id is not null and not batch.candidates and batch.actor = ${actor}
      and cardinality(batch.record_ids) + ${recordIds.length} <= ${maxBatchSize}
    group by batch.id
    having array_agg(run.release_id order by run.release_id) = (select array_agg(id order by id) from unnest(${releases}::uuid[]) as id)`.execute(
    kysely,
  )
  const [found] = rows
  if (found === undefined) return false
  const held = await sql`
    select from hook_run
    where id = any(${found.runs}::uuid[]) and status = 'QUEUED' and leases = 0 and cancelled_at is null
    order by id
    for update`.execute(kysely)
  if (held.rows.length !== found.runs.length) return false
  // Another transaction may have added records since it was read.
  const grown = await sql`
    update batch set record_ids = record_ids || ${recordIds}::uuid[]
    where id = ${found.batch} and cardinality(record_ids) + ${recordIds.length} <= ${maxBatchSize}
      and not record_ids && ${recordIds}::uuid[]`.execute(kysely)
  if (grown.numAffectedRows !== 1n) return false
  await sql`
    update hook_run set record_count = (select cardinality(record_ids) from batch where id = ${found.batch})
    where id = any(${found.runs}::uuid[])`.execute(kysely)
  return true
}
