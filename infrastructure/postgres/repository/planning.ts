import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/**
 * A lock until the transaction ends, for transactions that create runs of a release over existing records: each of them sees the runs
 * of those before it.
 */
export async function holdPlanning({ kysely }: Pick<Transaction, 'kysely'>, releaseId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`planning:${releaseId}`}, 0))`.execute(kysely)
}
