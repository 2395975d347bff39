import type { BackfillStore, HeldBackfill } from '@strata/domain/run'
import { sql, type RawBuilder } from 'kysely'
import { releaseStandings } from '../query/reading/release-standings.ts'
import { backfillCounts } from '../query/backfill-counts.ts'
import { noteTarget } from '../session/current-change.ts'
import type { Transaction } from '../session/transaction.ts'
import { isUuid, toBackfill } from '../mappers/backfill.ts'
import { toRelease } from '../mappers/registry.ts'

export function backfillStore(tx: Transaction): BackfillStore {
  const { kysely } = tx
  return {
    async add({ id, hook, releaseId, conventions, only, stale, limit, expected }, { actor, requestId }) {
      await sql`
        insert into backfill (id, hook, release_id, conventions, statuses, stale, record_limit, carried, expected_count, actor, request_id)
        values (${id}, ${hook}, ${releaseId}, ${conventions}::text[], ${only}::text[], ${stale}, ${limit ?? null}, '{}', ${expected},
          ${actor}, ${requestId ?? null})`.execute(kysely)
      noteTarget(`backfill:${id}`)
    },

    claim: (id) => held(tx, id, sql`status = 'RUNNING' for no key update skip locked`),

    // A weaker lock than FOR UPDATE, so that inserts of batches that refer to it do not wait.
    hold: (id) => held(tx, id, sql`true for no key update`),

    async advance(id, { position, after, carried, planned, isPlanned }) {
      await sql`
        update backfill
        set position = ${position}, after = ${after ?? null}, carried = ${carried}::uuid[], planned_count = ${planned},
          planned_at = case when ${isPlanned} then clock_timestamp() end
        where id = ${id}`.execute(kysely)
    },

    async end(id, how) {
      await sql`
        update backfill
        set status = ${how.status}::backfill_status, status_reason = ${how.reason ?? null},
          finished_at = clock_timestamp()
        where id = ${id}`.execute(kysely)
    },

    async restart(id, { expected, planned }) {
      await sql`
        update backfill
        set status = 'RUNNING', status_reason = null, finished_at = null, planned_at = null, position = 0, after = null, carried = '{}',
          until = clock_timestamp(), expected_count = ${expected}, planned_count = ${planned}
        where id = ${id}`.execute(kysely)
    },

    async counts(id) {
      const [counts] = await backfillCounts(tx, [id])
      return counts ?? { done: 0n, underWay: 0n }
    },

    async runsToStop(id) {
      const { rows } = await sql<{ id: string }>`
        select run.id
        from batch join hook_run run on run.batch_id = batch.id
        where batch.backfill_id = ${id} and run.finished_at is null and run.cancelled_at is null
        order by run.id
        for update of run`.execute(kysely)
      return rows.map((row) => row.id)
    },
  }
}

async function held(tx: Transaction, id: string, how: RawBuilder<unknown>): Promise<HeldBackfill | undefined> {
  if (!isUuid(id)) return undefined
  const { rows } = await sql`select from backfill where id = ${id} and ${how}`.execute(tx.kysely)
  if (rows.length === 0) return undefined
  const row = await tx.kysely.selectFrom('backfill').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const release = await tx.prisma.hookRelease.findUniqueOrThrow({ where: { id: row.release_id } })
  const standings = await releaseStandings(tx, [row.hook])
  const under = await sql<{ batches: number; isStopping: boolean }>`
    select count(distinct batch.id)::int as batches, coalesce(bool_or(run.cancelled_at is not null), false) as "isStopping"
    from batch join hook_run run on run.batch_id = batch.id and run.finished_at is null
    where batch.backfill_id = ${id}`.execute(tx.kysely)
  return {
    ...toBackfill(row),
    place: { position: row.position, after: row.after ?? undefined, carried: row.carried ?? [] },
    releases: standings.get(row.hook) ?? [],
    limits: toRelease(release).runtime.limits,
    origin: { actor: row.actor, requestId: row.request_id ?? undefined },
    batchesUnderWay: under.rows[0]?.batches ?? 0,
    isStopping: under.rows[0]?.isStopping ?? false,
  }
}

/** Backfills that may have more to plan, oldest first. */
export async function runningBackfills({ kysely }: Pick<Transaction, 'kysely'>, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id from backfill where status = 'RUNNING' order by id limit ${limit}`.execute(kysely)
  return rows.map(({ id }) => id)
}
