import { randomBytes } from 'node:crypto'
import { openDatabase, type Database } from '@strata/infrastructure/postgres'
import { Client } from 'pg'
import { inject } from 'vitest'
import { TEMPLATE } from './global-postgres.ts'
import { onServer } from './on-server.ts'

export type TestDatabase = Database & AsyncDisposable

/** A migrated, empty database of the test's own: `await using database = await createTestDatabase()`. */
export async function createTestDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const bare = await createDatabase(`TEMPLATE ${TEMPLATE}`)
  const database = openDatabase({ url: bare.url, poolSize: options.poolSize ?? 10, name: 'test' })
  return {
    ...database,
    async [Symbol.asyncDispose]() {
      await database.close()
      await bare[Symbol.asyncDispose]()
    },
  }
}

/** A database without a single table, for tests of what makes them. */
export function createEmptyDatabase(): Promise<{ url: string } & AsyncDisposable> {
  return createDatabase('')
}

async function createDatabase(clause: string): Promise<{ url: string } & AsyncDisposable> {
  const server = await serverUrl()
  const name = `test_${randomBytes(8).toString('hex')}`
  await execute(server, `CREATE DATABASE ${name} ${clause}`)
  return {
    url: onServer(server, name),
    [Symbol.asyncDispose]: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function serverUrl(): Promise<string> {
  const answer = await fetch(inject('postgresDesk'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(`The test server did not start. ${text}`)
  return text
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
