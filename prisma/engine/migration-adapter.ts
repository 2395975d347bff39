import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { DatabaseError, escapeIdentifier, Pool, type QueryResult } from 'pg'
import { databaseOf, withDatabase } from './database-address.ts'
import { execute } from './execute.ts'

/**
 * Prisma's Postgres adapter, mended where migrations need it: it does not know the type `"char"` of the system
 * catalogue, splits scripts at every semicolon, and drops the shadow database while connections to it are open.
 */
export class MigrationAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres'
  readonly adapterName = 'migration-pg'
  readonly #url: string | undefined

  constructor(url: string | undefined) {
    this.#url = url
  }

  async connect(): Promise<SqlDriverAdapter> {
    return openAdapter(this.#address())
  }

  /** Always a database of its own, made and dropped here, never the one the address names. */
  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const url = this.#address()
    const shadow = `prisma_shadow_${randomUUID().replaceAll('-', '')}`
    await execute(withDatabase(url, 'postgres'), `CREATE DATABASE ${escapeIdentifier(shadow)}`)
    return openAdapter(withDatabase(url, shadow), () =>
      execute(withDatabase(url, 'postgres'), `DROP DATABASE IF EXISTS ${escapeIdentifier(shadow)} WITH (FORCE)`),
    )
  }

  #address(): string {
    if (this.#url === undefined) throw new Error('This command needs a database: set DATABASE_URL.')
    if (databaseOf(this.#url) === '') throw new Error('DATABASE_URL does not name a database.')
    return this.#url
  }
}

async function openAdapter(url: string, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
  const pool = new Pool({ connectionString: url, max: 4 })
  const charColumns = readCharColumns(pool)
  // A connection that dies while idle is replaced by the next query; one that dies in use fails that query.
  pool.on('error', () => {})
  const adapter = await new PrismaPg(pool).connect()

  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const column of charColumns(result.rows)) result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }
  // One simple query is one implicit transaction, and the server alone decides where a statement ends.
  adapter.executeScript = async (script) => {
    await pool.query(script).catch(rethrow)
  }
  adapter.dispose = async () => {
    await pool.end()
    await afterwards?.()
  }
  return adapter
}

/** The engine shows the words of errors of this class only. */
function rethrow(error: unknown): never {
  if (!(error instanceof DatabaseError)) throw error
  const { code = '', severity = 'ERROR', message, detail, column, hint } = error
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
}

const CHAR = 18
const BPCHAR = 1042

/** Reports `"char"` columns as `char(n)`, which the adapter can read, and remembers which they were. */
function readCharColumns(pool: Pool): (rows: object) => readonly number[] {
  const seen = new WeakMap<object, number[]>()
  const plain = pool.query
  const query = async (...given: unknown[]): Promise<unknown> => {
    const result: QueryResult | QueryResult[] = await Reflect.apply(plain, pool, given)
    for (const { fields, rows } of [result].flat()) {
      const columns = fields.flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []))
      for (const column of columns) Object.assign(fields[column] ?? {}, { dataTypeID: BPCHAR })
      seen.set(rows, columns)
    }
    return result
  }
  Object.assign(pool, { query })
  return (rows) => seen.get(rows) ?? []
}
