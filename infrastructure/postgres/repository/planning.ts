import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/**
 * Held until the transaction ends, by transactions that are about to make runs of a release over records that were published before:
 * each of them sees the runs that those before it made.
 */
export async function holdPlanning({ kysely }: Pick<Transaction, 'kysely'>, releaseId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`planning:${releaseId}`}, 0))`.execute(kysely)
}
