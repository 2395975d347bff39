import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/** Waits until no other transaction holds this name, and holds it until this one ends. Works for rows yet to be made. */
export async function claim(tx: Pick<Transaction, 'kysely'>, kind: 'convention' | 'schema' | 'hook', name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind}:${name}`}, 0))`.execute(tx.kysely)
}
