import type { DB } from '@strata/prisma/tables'
import type { Kysely } from 'kysely'
import type { Database } from './connection.ts'

/**
 * Reads that belong together, on one connection: they see the archive at one moment, whatever is published or made live
 * meanwhile. PostgreSQL itself refuses to write in here, so no mistake in a query that people have a say in can change a thing.
 */
export function snapshot<T>({ kysely }: Pick<Database, 'kysely'>, read: (kysely: Kysely<DB>) => Promise<T>): Promise<T> {
  return kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}
