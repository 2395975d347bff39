import { sql } from 'kysely'
import type { Database } from '../../setup/connection.ts'

/**
 * The latest time of which everything is known: what was stamped with it or before is committed and visible. Stamps are
 * taken by transactions that have begun to write or are about to, so their beginning bounds them; one that has run for
 * long without having written takes its stamps later than now.
 */
export async function stableInstant({ kysely }: Pick<Database, 'kysely'>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select date_trunc('milliseconds', least(clock_timestamp(), min(xact_start)) - interval '1 millisecond') as at
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and (backend_xid is not null or state = 'active' and xact_start > clock_timestamp() - interval '10 seconds')`.execute(kysely)
  const at = rows[0]?.at
  if (at === undefined) throw new Error('the database did not say what time it is')
  return at
}
