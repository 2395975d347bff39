import type { EndedWithLeast, LeastEndings } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/** Uses only columns of fixed size. Any other column may be the reason why the full conclusion failed. */
export function leastEndings({ kysely }: Pick<Transaction, 'kysely'>): LeastEndings {
  return {
    async endWithLeast({ run, token }, { cancelled, otherwise }) {
      const { rows } = await sql<EndedWithLeast>`
        update hook_run
        set status = case when cancelled_at is null then 'ERROR' else 'CANCELLED' end::run_status,
          failure_kind = case when cancelled_at is null then ${otherwise.kind} else ${cancelled.kind} end,
          failure_message = case when cancelled_at is null then ${otherwise.message} else ${cancelled.message} end,
          lease_token = null, lease_expires_at = null, finished_at = clock_timestamp(), committed_at = clock_timestamp()
        from hook_release
        where hook_run.id = ${run} and lease_token = ${token} and status = 'RUNNING' and hook_release.id = hook_run.release_id
        returning status, batch_id as batch, hook_run.hook, version, convention`.execute(kysely)
      const [ended] = rows
      if (ended === undefined) return undefined
      await sql`
        update run_attempt
        set finished_at = greatest(clock_timestamp(), started_at), failure_kind = ${otherwise.kind}, failure_message = ${otherwise.message}
        where run = ${run} and finished_at is null`.execute(kysely)
      return ended
    },
  }
}
