import { randomUUIDv7 } from 'node:crypto'
import { memoryBytes } from '@strata/domain/registry'
import { failureText, type RunControls } from '@strata/domain/run'
import type { HookName } from '@strata/domain/shared'
import { sql } from 'kysely'
import { currentRequestId } from '../../telemetry/index.ts'
import type { Transaction } from '../session/transaction.ts'
import { toRelease } from '../mappers/registry.ts'
import { holdPlanning } from './planning.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function runControls({ kysely, prisma }: Transaction): RunControls {
  return {
    async hold(id) {
      if (!uuid.test(id)) return undefined
      await sql`select from hook_run where id = ${id} for update`.execute(kysely)
      const row = await prisma.hookRun.findUnique({ where: { id }, include: { release: true, batch: true } })
      if (row === null) return undefined
      return {
        id,
        batch: row.batchId,
        hook: row.hook as HookName,
        status: row.status,
        releaseId: row.releaseId,
        version: row.release.version,
        convention: row.convention,
        isYanked: row.release.state === 'YANKED',
        isAwaited: !row.batch.candidates || (await anyWaits(kysely, row.batch.recordIds)),
      }
    },

    async requestCancel(run, actor) {
      await sql`
        update hook_run set cancelled_at = clock_timestamp(), cancelled_by = ${actor}
        where id = ${run} and cancelled_at is null`.execute(kysely)
    },

    async cancelWaiting(run, actor) {
      await sql`
        update hook_run
        set status = 'CANCELLED', cancelled_at = clock_timestamp(), cancelled_by = ${actor}, finished_at = clock_timestamp(),
          failure_kind = 'CANCELLED', failure_message = ${failureText(`Cancelled by ${actor} before it had started.`)}
        where id = ${run}`.execute(kysely)
    },

    async repeat({ id, releaseId }, actor) {
      await holdPlanning({ kysely }, releaseId)
      const release = toRelease(await prisma.hookRelease.findUniqueOrThrow({ where: { id: releaseId } }))
      const { rows } = await sql<{ id: string }>`
        insert into hook_run
          (id, batch_id, hook, release_id, convention, priority, retry_of, reproduces, memory_bytes, record_count, actor, request_id)
        select ${randomUUIDv7()}, batch_id, hook, release_id, convention, 'INTERACTIVE', id, reproduces,
          ${memoryBytes(release.runtime.limits)}, record_count, ${actor}, ${currentRequestId() ?? null}
        from hook_run where id = ${id} and ${isNotUnderWay}
        on conflict (batch_id, release_id) where finished_at is null do nothing
        returning id`.execute(kysely)
      return rows[0]?.id
    },
  }
}

async function anyWaits(kysely: Transaction['kysely'], candidates: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from candidate where id = any(${candidates}::uuid[]) and decided_at is null limit 1`.execute(kysely)
  return rows.length > 0
}

/** No other run of the release has any of these records. Reproductions never conflict. */
const isNotUnderWay = sql`(reproduces is not null or not exists (
  select from hook_run other
  join batch theirs on theirs.id = other.batch_id
  join batch own on own.id = hook_run.batch_id
  where other.release_id = hook_run.release_id and other.finished_at is null and other.reproduces is null
    and theirs.first_record <= own.last_record and theirs.last_record >= own.first_record and theirs.record_ids && own.record_ids
))`
