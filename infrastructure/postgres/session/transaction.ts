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

/** Three handles on one connection, inside one transaction. None of them works after it has ended. */
export interface Transaction {
  readonly kysely: Kysely<DB>
  readonly prisma: Prisma.TransactionClient
  /** For COPY and raw SQL. */
  readonly client: pg.ClientBase
}

const ATTEMPTS = 5

/**
 * The one place that begins, commits and rolls back, and that writes the audit log. When Postgres ends a transaction in favour of another, the whole
 * of `work` is done again: it must not do anything outside the database that it cannot do twice.
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
          // An import or a deploy may take longer than a page of a list.
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

/** How long to wait for a free connection. */
const LONGEST_WAIT = 30_000
/** Prisma's own limit would give the connection to others while this work still writes; Postgres's idle limit does not. */
const LONGEST_WORK = 2 ** 31 - 1

/** COMMIT after a swallowed error is a silent ROLLBACK: the caller would believe that its work was kept. */
async function refuseAborted(client: pg.ClientBase): Promise<void> {
  // A failed query rejects a moment before its status is known; this empty one comes back after it.
  await client.query('')
  if (client.getTransactionStatus() !== 'E') return
  throw new Error('A statement of this transaction failed and the failure was swallowed, so nothing of it can be kept.')
}
