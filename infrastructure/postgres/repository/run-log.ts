import { LeaseLost, type Lease } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'

/** Appends to the log of a run. A worker without the lease adds nothing, so pieces never overlap. */
export function runLogWriter({ kysely }: Pick<Database, 'kysely'>) {
  return async ({ run, token }: Lease, data: Uint8Array): Promise<void> => {
    const added = await sql`
      insert into run_log (run, position, data)
      select id, coalesce((select max(position + length(data)) from run_log where run_log.run = id), 0), ${Buffer.from(data)}::bytea
      from hook_run where id = ${run} and lease_token = ${token} and status = 'RUNNING'`.execute(kysely)
    if (added.numAffectedRows !== 1n) throw new LeaseLost(run)
  }
}
