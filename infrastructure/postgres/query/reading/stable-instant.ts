import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'

/**
 * The latest time of which everything is known: what was stamped with it or before is committed and visible. A function of
 * the database says it, since the role that reads sees nothing of other roles' transactions.
 */
export async function stableInstant({ kysely }: Pick<Database, 'kysely'>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select stable_instant() as at`.execute(kysely)
  const at = rows[0]?.at
  if (at === undefined) throw new Error('the database did not say what time it is')
  return at
}
