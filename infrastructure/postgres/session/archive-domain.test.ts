import { expect, test } from 'vitest'
import { createTestDatabase, unguarded } from '../../../test/support/index.ts'
import { keepDomain } from './archive-domain.ts'
import { openDatabase } from './connection.ts'
import { installationId } from './installation.ts'

test('many processes may start at once on an empty archive', async () => {
  await using database = await createTestDatabase()
  await using stack = new AsyncDisposableStack()
  const processes = Array.from({ length: 16 }, () => openDatabase({ url: database.url, poolSize: 1, name: 'start' }))
  for (const each of processes) stack.defer(() => each.close())
  await Promise.all(processes.map(({ pool }) => pool.query('select 1')))
  for (let round = 0; round < 5; round++) {
    await unguarded(database.pool, 'delete from archive')
    await Promise.all(processes.map((each) => keepDomain(each, 'example.org')))
    await unguarded(database.pool, 'delete from archive')
    expect(new Set(await Promise.all(processes.map((each) => installationId(each, 'example.org')))).size).toBe(1)
  }
  expect((await database.pool.query('select domain from archive')).rows).toEqual([{ domain: 'example.org' }])
})

test('the domain may change until the first record is published', async () => {
  await using database = await createTestDatabase()
  const domain = async () => (await database.pool.query('select domain from archive')).rows
  await keepDomain(database, 'one.example')
  await keepDomain(database, 'two.example')
  expect(await domain()).toEqual([{ domain: 'two.example' }])
})
