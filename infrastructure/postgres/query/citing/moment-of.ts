import { sql } from 'kysely'
import type { Database } from '../../setup/connection.ts'
import { lastChangeIn } from '../download/last-change.ts'
import { stableInstant } from '../reading/stable-instant.ts'

/** Since when a dataset is what it is now, all of it: nothing that is still being written can belong to that moment any more. */
export async function momentOf(database: Pick<Database, 'kysely'>, convention: string): Promise<Date> {
  const latest = await stableInstant(database)
  const { rows } = await sql<{ hook: string }>`select distinct hook from hook_run where convention = ${convention}`.execute(database.kysely)
  return lastChangeIn(database, { convention, hooks: rows.map(({ hook }) => hook) }, latest)
}
