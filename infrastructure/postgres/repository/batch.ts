import type { BatchCause, BatchStore, LiveReleases, NewBatch, Origin } from '@strata/domain/run'
import type { FeatureSpec, RuntimeConfig } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { gatherIntoBatch } from './gather-batch.ts'

export function liveReleases({ kysely }: Pick<Transaction, 'kysely'>): LiveReleases {
  return {
    async ofConvention(convention) {
      const { rows } = await sql<{ hook: HookName; id: string; runtime: RuntimeConfig; feature: FeatureSpec }>`
        select hook.name as hook, release.id, release.runtime, hook.feature
        from convention_hook
        join hook on hook.name = convention_hook.hook
        join hook_release release on release.hook = hook.name and release.id = hook.live_release_id
        where convention_hook.convention = ${convention}
        order by convention_hook.position`.execute(kysely)
      // Vocabulary hooks make mappings, and there is no table for those yet.
      return rows
        .filter(({ feature }) => feature.kind === 'table')
        .map(({ hook, id, runtime }) => ({ hook, releaseId: id, limits: runtime.limits }))
    },
  }
}

export function batchStore({ kysely }: Pick<Transaction, 'kysely'>): BatchStore {
  return {
    async insert(batch, origin) {
      if (!(await insertBatch(kysely, batch, origin))) return false
      const { runs } = batch
      await sql`
        insert into hook_run
          (id, batch_id, hook, release_id, convention, priority, memory_bytes, reproduces, record_count, actor, request_id)
        select id, ${batch.id}, hook, release_id, ${batch.convention}, ${batch.priority}::batch_priority, memory_bytes, reproduces,
          ${batch.recordIds.length}, ${origin.actor}, ${origin.requestId ?? null}
        from unnest(
          ${runs.map(({ id }) => id)}::uuid[],
          ${runs.map(({ hook }) => hook)}::text[],
          ${runs.map(({ releaseId }) => releaseId)}::uuid[],
          ${runs.map((run) => run.memoryBytes)}::bigint[],
          ${runs.map((run) => run.reproduces ?? null)}::uuid[]
        ) as run (id, hook, release_id, memory_bytes, reproduces)`.execute(kysely)
      return true
    },

    gather: (batch, origin) => gatherIntoBatch({ kysely }, batch, origin),

    async end(batchId) {
      // The runs of a batch end one at a time, so each sees those before it.
      await sql`select from batch where id = ${batchId} for update`.execute(kysely)
      const ended = await sql`
        update batch set finished_at = clock_timestamp()
        where id = ${batchId} and finished_at is null
          and not exists (select from hook_run where batch_id = ${batchId} and status in ('QUEUED', 'RUNNING'))`.execute(kysely)
      return ended.numAffectedRows === 1n
    },
  }
}

async function insertBatch(kysely: Transaction['kysely'], batch: NewBatch, origin: Origin): Promise<boolean> {
  const { id, convention, priority, recordIds, candidates } = batch
  const { eventId, part, follows, round, backfill } = columnsOf(batch.cause)
  const inserted = await sql`
    insert into batch (id, convention, priority, record_ids, candidates, event_id, part, follows, round, backfill_id, actor,
      request_id)
    values (${id}, ${convention}, ${priority}::batch_priority, ${recordIds}::uuid[], ${candidates}, ${eventId}, ${part},
      ${follows}, ${round}, ${backfill}, ${origin.actor}, ${origin.requestId ?? null})
    on conflict do nothing`.execute(kysely)
  return inserted.numAffectedRows === 1n
}

function columnsOf(cause: BatchCause) {
  const none = { eventId: null, part: 0, follows: null, round: 0, backfill: sql`null` }
  switch (cause.kind) {
    case 'event':
      return { ...none, eventId: cause.eventId, part: cause.part }
    case 'retryable errors':
      return { ...none, follows: cause.follows, round: cause.round, backfill: backfillOf(cause.follows) }
    case 'backfill':
      return { ...none, backfill: sql`${cause.backfill}` }
    case 'another release':
    case 'reproduction':
      return none
    default:
      return cause satisfies never
  }
}

/** A batch that retries a run's errors belongs to the same backfill as the run, and is cancelled with it. */
function backfillOf(run: string) {
  return sql`(select backfill_id from hook_run join batch on batch.id = hook_run.batch_id where hook_run.id = ${run})`
}
