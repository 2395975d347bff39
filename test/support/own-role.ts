import { randomBytes } from 'node:crypto'
import { createTestDatabase, execute, type TestDatabase } from './database.ts'
import { onServer } from './on-server.ts'

/** A database and its address for a temporary role. */
export interface DatabaseWithRole extends AsyncDisposable {
  readonly database: TestDatabase
  readonly role: string
  readonly readUrl: string
  /** Runs SQL as the superuser that owns the database. */
  run(sql: string): Promise<void>
}

/** `make` is the rest of the statement after `create role <name>`; without it, the role does not exist. */
export async function databaseWithRole(make?: string): Promise<DatabaseWithRole> {
  const parts = new AsyncDisposableStack()
  const role = `test_${randomBytes(8).toString('hex')}`
  const server = Promise.withResolvers<string>()
  // Dropped after the database, and with it all of the role's grants.
  parts.defer(async () => execute(await server.promise, `drop role if exists ${role}`))
  const database = parts.use(await createTestDatabase())
  server.resolve(onServer(database.url, 'postgres'))
  if (make !== undefined) await execute(database.url, `create role ${role} ${make}`)
  return {
    database,
    role,
    readUrl: addressFor(database.url, role),
    run: (sql) => execute(database.url, sql),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

export const rolePassword = 'a password of the test'

/** The same address with another user. */
export function addressFor(url: string, role: string, password = rolePassword): string {
  const address = new URL(url)
  address.username = role
  address.password = encodeURIComponent(password)
  return address.href
}
