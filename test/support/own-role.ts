import { randomBytes } from 'node:crypto'
import { createTestDatabase, execute, type TestDatabase } from './database.ts'
import { onServer } from './on-server.ts'

/** A database, and the address of it for a role of the test's own, which goes with it. */
export interface DatabaseWithRole extends AsyncDisposable {
  readonly database: TestDatabase
  readonly role: string
  readonly readUrl: string
  /** As the superuser that owns the database. */
  run(sql: string): Promise<void>
}

/** `make` says how the role is made, after `create role <name>`; without it, it is not there. */
export async function databaseWithRole(make?: string): Promise<DatabaseWithRole> {
  const parts = new AsyncDisposableStack()
  const role = `test_${randomBytes(8).toString('hex')}`
  const server = Promise.withResolvers<string>()
  // Last of all: whatever it was granted has gone with the database by then.
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

/** The same place, for somebody else. */
export function addressFor(url: string, role: string, password = rolePassword): string {
  const address = new URL(url)
  address.username = role
  address.password = encodeURIComponent(password)
  return address.href
}
