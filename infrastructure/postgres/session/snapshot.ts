import type { DB } from '@strata/prisma/tables'
import type { Kysely } from 'kysely'
import type { Database } from './connection.ts'

/**
 * Runs reads on one connection in one snapshot, unaffected by concurrent changes. The transaction is read-only, so PostgreSQL refuses
 * writes even if a query built from user input has a bug.
 */
export function snapshot<T>({ kysely }: Pick<Database, 'kysely'>, read: (kysely: Kysely<DB>) => Promise<T>): Promise<T> {
  return kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}
