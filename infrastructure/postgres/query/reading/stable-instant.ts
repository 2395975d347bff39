import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'

/**
 * The latest time before which all transactions have ended and are visible. A database function computes it, because the reader role
 * cannot see other roles' transactions.
 */
export async function stableInstant({ kysely }: Pick<Database, 'kysely'>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select stable_instant() as at`.execute(kysely)
  const at = rows[0]?.at
  if (at === undefined) throw new Error('the database did not say what time it is')
  return at
}
