import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/** Takes an advisory lock on a name until the transaction ends. Also works for rows that do not exist yet. */
export async function claim(tx: Pick<Transaction, 'kysely'>, kind: 'convention' | 'schema' | 'hook', name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind}:${name}`}, 0))`.execute(tx.kysely)
}
