import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, registryOn } from './registry.ts'

test('an empty convention is removed and its name is free; hooks, releases and logs stay', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const counts = async () => {
    const tables = ['hook', 'hook_release', 'pointer_event', 'convention_deployment', 'schema_version', 'outbox']
    return Promise.all(tables.map(async (table) => (await database.pool.query(`select 1 from ${table}`)).rowCount))
  }
  const before = await counts()
  expect(await registry.remove('proteins')).toBe(true)
  expect(await counts()).toEqual(before)
  expect((await database.pool.query('select 1 from convention')).rowCount).toBe(0)
  await expect(registry.remove('proteins')).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'slug' })
  expect(await registry.deploy(deployInput({ title: 'Again' }))).toMatchObject({
    created: true,
    hooks: [{ created: false, madeLive: false }],
  })
})

test.each([
  [
    'records',
    `insert into record (id, convention, schema_id, schema_version, source, metadata, published_at, published_by)
    select gen_random_uuid(), slug, schema_id, schema_version, '{"type":"import","id":"1","sourceNode":"a"}', '{}', now(), 'user:a' from convention`,
  ],
  [
    'candidates',
    `insert into candidate (id, convention, schema_id, schema_version, metadata, decided_at, decision)
    select gen_random_uuid(), slug, schema_id, schema_version, '{}', now(), 'REFUSED' from convention`,
  ],
  ['depositions', `insert into deposition (id, convention, owner, metadata) select gen_random_uuid(), slug, 'ada', '{}' from convention`],
  [
    'citations',
    `insert into citation (id, convention, title, table_name, order_by, as_of, schema_id, schema_version, hooks, row_count, releases, created_by)
    select 'c1', slug, 'x', 'records', '[]', now(), schema_id, schema_version, '{}', 0, '[]', 'user:a' from convention`,
  ],
])('a convention that has %s is not removed', async (kind, insert) => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await database.pool.query(insert)
  await expect(registry.remove('proteins')).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'slug',
    message: expect.stringContaining(kind),
  })
  expect((await database.pool.query('select 1 from convention')).rowCount).toBe(1)
})

test('a deposition during the removal of its convention either prevents the removal or is refused', async () => {
  await using database = await createTestDatabase({ poolSize: 10 })
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query(`insert into deposition (id, convention, owner, metadata) values (gen_random_uuid(), 'proteins', 'ada', '{}')`)
  const removal = registry.remove('proteins').catch((refusal: unknown) => refusal)
  const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  await expect.poll(async () => (await database.pool.query(waiting)).rowCount).toBe(1)
  await client.query('commit')
  client.release()
  expect(await removal).toMatchObject({ code: 'CONFLICT' })
})
