import type { AttemptId, RunNotice, UnreadyRuntimes, WaitingRuns } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { isAhead } from '../session/is-ahead.ts'

/** Whether an attempt has an owner: its run's lease has not expired. */
export async function isRunning({ kysely }: Pick<Transaction, 'kysely'>, { runId, attempt }: AttemptId): Promise<boolean> {
  const { rows } = await sql`
    select from hook_run
    join run_attempt on run_attempt.run = hook_run.id and run_attempt.number = ${attempt} and run_attempt.finished_at is null
    where hook_run.id = ${runId} and status = 'RUNNING' and lease_expires_at > now()`.execute(kysely)
  return rows.length > 0
}

export function waitingRuns({ kysely }: Pick<Transaction, 'kysely'>): WaitingRuns {
  return {
    async take(limit, { patienceSeconds, except }) {
      const { rows } = await sql<Omit<RunNotice, 'requestId'> & { request_id: string | null }>`
        select id as run, hook, leases, priority, request_id from hook_run
        where status = 'QUEUED' ${excluding(except)} and (queued_at is null or queued_at < now() - make_interval(secs => ${patienceSeconds}) or ${isAhead('queued_at')})
        order by queued_at nulls first, id
        limit ${limit}
        for update skip locked`.execute(kysely)
      return rows.map(({ request_id, ...notice }) => ({ ...notice, requestId: request_id ?? undefined }))
    },

    async markQueued(runs) {
      await sql`update hook_run set queued_at = now() where id = any(${runs}::uuid[]) and status = 'QUEUED'`.execute(kysely)
    },

    async shelve(run) {
      await sql`update hook_run set queued_at = null where id = ${run} and status = 'QUEUED'`.execute(kysely)
    },

    async tellAgain() {
      await sql`update hook_run set queued_at = null where status = 'QUEUED' and queued_at is not null`.execute(kysely)
    },

    async releaseExpired(limit, leaseSeconds) {
      await distrust(kysely, leaseSeconds)
      const { rows } = await sql<{ id: string }>`
        update hook_run
        set status = 'QUEUED', lease_token = null, lease_expires_at = null, worker = null, queued_at = null
        where id in (
          select id from hook_run
          where status = 'RUNNING' and lease_expires_at < now()
          order by lease_expires_at
          limit ${limit}
          for update skip locked
        )
        returning id`.execute(kysely)
      if (rows.length === 0) return 0
      // The real end is unknown; this is when it was detected.
      await sql`
        update run_attempt
        set finished_at = greatest(clock_timestamp(), started_at), failure_kind = 'RUNTIME',
          failure_message = 'The worker that ran this attempt was lost.'
        where run = any(${rows.map(({ id }) => id)}::uuid[]) and finished_at is null`.execute(kysely)
      await sql`notify strata_runs`.execute(kysely)
      return rows.length
    },
  }
}

/**
 * A heartbeat in the future, or a lease longer than the maximum, was written before the clock was set back and would seem valid for
 * that long. It now expires after the duration of one lease, unless its live worker extends it before.
 */
async function distrust(kysely: Transaction['kysely'], leaseSeconds: number): Promise<void> {
  await sql`
    update hook_run set heartbeat_at = clock_timestamp(), lease_expires_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where status = 'RUNNING'
      and (${isAhead('heartbeat_at')} or lease_expires_at > clock_timestamp() + make_interval(secs => ${leaseSeconds * 2}))`.execute(kysely)
}

/** Added only if something is not ready; usually everything is. */
export function excluding({ types, digests }: UnreadyRuntimes) {
  if (types.length + digests.length === 0) return sql``
  return sql`and not exists (
          select from hook_release
          where hook_release.id = hook_run.release_id
            and (runtime ->> 'type' = any(${types}::text[]) or runtime ->> 'digest' = any(${digests}::text[])))`
}
