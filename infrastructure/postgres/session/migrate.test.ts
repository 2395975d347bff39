import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrationsDirectory } from '@strata/prisma/migrations'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createEmptyDatabase, temporaryDirectory } from '../../../test/support/index.ts'
import { migrate } from './migrate.ts'

test('an empty database gets every migration, and a second run finds nothing to do', async () => {
  await using database = await createEmptyDatabase()
  const { applied } = await migrate(database.url)
  expect(applied[0]).toBe('20261121000000_house')
  expect(await migrate(database.url)).toEqual({ applied: [] })
})

test('of five migrators that start at once, one applies', async () => {
  await using database = await createEmptyDatabase()
  const results = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)))
  expect(results.filter(({ applied }) => applied.length > 0)).toHaveLength(1)
})

test('a migration that fails leaves nothing behind, and the ones before it stay', async () => {
  await using database = await createEmptyDatabase()
  await using directory = await migrationsWith({
    '1_good': 'CREATE TABLE good (id int)',
    '2_bad': 'CREATE TABLE half (id int); SELECT 1 / 0',
  })
  await expect(migrate(database.url, directory.path)).rejects.toThrow('The migration 2_bad failed, and was rolled back: division by zero')
  expect(await tables(database.url)).toEqual(['_prisma_migrations', 'good'])

  await writeFile(join(directory.path, '2_bad', 'migration.sql'), 'CREATE TABLE whole (id int)')
  expect(await migrate(database.url, directory.path)).toEqual({ applied: ['2_bad'] })
})

test('a migration that was changed after it was applied is refused', async () => {
  await using database = await createEmptyDatabase()
  await using directory = await migrationsWith({ '1_first': 'SELECT 1' })
  await migrate(database.url, directory.path)
  await writeFile(join(directory.path, '1_first', 'migration.sql'), 'SELECT 2')
  await expect(migrate(database.url, directory.path)).rejects.toThrow('The migration 1_first was changed after')
})

test('a database newer than the code is refused', async () => {
  await using database = await createEmptyDatabase()
  await using newer = await migrationsWith({ '1_first': 'SELECT 1', '2_second': 'SELECT 2' })
  await using older = await migrationsWith({ '1_first': 'SELECT 1' })
  await migrate(database.url, newer.path)
  await expect(migrate(database.url, older.path)).rejects.toThrow('This database is newer than this code: it has the migration 2_second')
})

test('a migration that another tool left unfinished is refused until it is marked as rolled back', async () => {
  await using database = await createEmptyDatabase()
  await using directory = await migrationsWith({ '1_first': 'SELECT 1' })
  await migrate(database.url, directory.path)
  await execute(database.url, 'UPDATE _prisma_migrations SET finished_at = NULL')
  await expect(migrate(database.url, directory.path)).rejects.toThrow('was begun on this database and never finished')
  await execute(database.url, 'UPDATE _prisma_migrations SET rolled_back_at = now()')
  expect(await migrate(database.url, directory.path)).toEqual({ applied: ['1_first'] })
})

async function migrationsWith(added: Record<string, string>): Promise<{ path: string } & AsyncDisposable> {
  const directory = await temporaryDirectory()
  for (const [name, sql] of Object.entries(added)) {
    await mkdir(join(directory.path, name))
    await writeFile(join(directory.path, name, 'migration.sql'), sql)
  }
  await cp(join(migrationsDirectory, 'migration_lock.toml'), join(directory.path, 'migration_lock.toml'))
  return directory
}

async function tables(url: string): Promise<string[]> {
  const rows = await execute(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
  return rows.map(({ tablename }) => tablename)
}

async function execute(url: string, sql: string): Promise<{ tablename: string }[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ tablename: string }>(sql)).rows
  } finally {
    await client.end()
  }
}
