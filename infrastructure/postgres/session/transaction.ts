import { setTimeout as sleep } from 'node:timers/promises'
import type { Prisma } from '@strata/prisma/client'
import type { DB } from '@strata/prisma/tables'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Database } from './connection.ts'
import { currentChange, forgetNotes } from './current-change.ts'
import { kyselyOver } from './kysely-over.ts'
import { LendingPool, type Loan } from './lending-pool.ts'
import { lentUntil } from './lent-client.ts'
import { writeChange } from './write-change.ts'
import { isWriteConflict } from './write-conflict.ts'

/** Three interfaces to one connection in one transaction. None of them works after it has ended. */
export interface Transaction {
  readonly kysely: Kysely<DB>
  readonly prisma: Prisma.TransactionClient
  /** For COPY and raw SQL. */
  readonly client: pg.ClientBase
}

const ATTEMPTS = 5

/**
 * The only code that begins, commits and rolls back transactions, and that writes the audit log. After a serialization failure or deadlock,
 * `work` runs again, so its effects outside the database must be repeatable.
 */
export async function transaction<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(database, work)
    } catch (error) {
      if (attempt === ATTEMPTS || !isWriteConflict(error)) throw error
      await sleep(Math.random() * 20 * 2 ** attempt)
    }
  }
}

async function attemptOnce<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { pool, prisma, statementTimeouts } = database
  if (!(pool instanceof LendingPool)) throw new TypeError('A transaction needs a database opened by openDatabase.')

  const loan: Loan = {}
  return pool.watch(loan, () =>
    prisma.$transaction(
      async (tx) => {
        if (loan.client === undefined) throw new Error('Prisma opened a transaction on a connection of another pool.')
        const { client, end } = lentUntil(loan.client)
        try {
          // An import or a deploy may take longer than reading a page.
          await client.query(`set local statement_timeout = ${statementTimeouts.transaction}`)
          forgetNotes()
          const handles = { kysely: kyselyOver(client), prisma: tx, client }
          const result = await work(handles)
          await refuseAborted(client)
          const change = currentChange()
          if (change) await writeChange(client, change)
          return result
        } finally {
          end()
        }
      },
      { maxWait: LONGEST_WAIT, timeout: LONGEST_WORK },
    ),
  )
}

/** The maximum wait for a free connection. */
const LONGEST_WAIT = 30_000
/** Prisma's own limit would return the connection to the pool while this work still writes. Postgres's idle limit is used instead. */
const LONGEST_WORK = 2 ** 31 - 1

/** COMMIT after a swallowed error is a silent ROLLBACK, and the caller would believe that its work was committed. */
async function refuseAborted(client: pg.ClientBase): Promise<void> {
  // A failed query rejects before the transaction status is known; this empty query returns after it.
  await client.query('')
  if (client.getTransactionStatus() !== 'E') return
  throw new Error('A statement of this transaction failed and its error was swallowed, so the transaction cannot be committed.')
}
