import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@strata/prisma/client'
import type { DB } from '@strata/prisma/tables'
import { Kysely, PostgresDialect } from 'kysely'
import { types, type Pool, type PoolConfig } from 'pg'
import { LendingPool } from './lending-pool.ts'
import { OperationClient } from './operation-client.ts'
import { outliveLostClients } from './outlive.ts'
import { FairPool, type Fairness } from './reader/fair-pool.ts'

export interface DatabaseOptions {
  readonly url: string
  readonly poolSize: number
  readonly name: string
  readonly statementTimeouts?: StatementTimeouts
  /** Makes sessions read-only, regardless of the role's rights. */
  readonly readOnly?: boolean
  /** How callers share its connections. By default, the pool serves requests in order. */
  readonly fairness?: Fairness | undefined
}

/** One pool and three interfaces: Prisma for aggregates, kysely for queries, the driver for bulk data. */
export interface Database {
  readonly url: string
  readonly pool: Pool
  readonly kysely: Kysely<DB>
  readonly prisma: PrismaClient
  readonly statementTimeouts: StatementTimeouts
  close(): Promise<void>
}

/**
 * Time limits for one statement, in milliseconds: for reading a page, for counting filtered rows, and within a transaction. 0 means no
 * limit.
 */
interface StatementTimeouts {
  readonly query: number
  readonly count?: number
  readonly transaction: number
}

/** `name` is the connections' name in `pg_stat_activity`. Connects only on the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const statementTimeouts = options.statementTimeouts ?? { query: 0, transaction: 0 }
  const config: PoolConfig = {
    connectionString: options.url,
    max: options.poolSize,
    Client: OperationClient,
    application_name: options.name,
    types: { getTypeParser },
    statement_timeout: statementTimeouts.query,
    // Set explicitly, because without a value the role's own default would apply.
    ...(options.readOnly ? { options: `-c default_transaction_read_only=on -c statement_timeout=${statementTimeouts.query}` } : {}),
    // Work that stalls inside a transaction must not keep its locks and connection for ever.
    idle_in_transaction_session_timeout: 5 * 60_000,
  }
  const pool = outliveLostClients(options.fairness === undefined ? new LendingPool(config) : new FairPool(config, options.fairness))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool instanceof FairPool ? pool.forLookups : pool) })

  return {
    url: options.url,
    pool,
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    prisma,
    statementTimeouts,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

const { INT8 } = types.builtins

/** Counts and bigint columns become `bigint`: a number would lose digits, and text could not be added. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? BigInt : types.getTypeParser(oid, format)
