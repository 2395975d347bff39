import { publishRecords } from '@strata/domain/record'
import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, registryOn } from './registry.ts'

const field = (name: string, type = 'TEXT', more: object = {}) => ({ name, type, required: false, cardinality: 'ONE', ...more })
const withFields = (version: string, ...fields: readonly object[]) =>
  deployInput({ schema: { id: 'protein', version, title: 'protein', fields } })

async function columns(database: postgres.Database): Promise<Record<string, string>> {
  const { rows } = await database.pool.query(`select attname, format_type(atttypid, null) as type from pg_attribute
    where attrelid = 'metadata.protein_v1'::regclass and attnum > 0 and not attisdropped and attname not like '\\_%' order by attname`)
  return Object.fromEntries(rows.map(({ attname, type }) => [attname, type]))
}

function publish(database: postgres.Database, metadata: object, wait: Promise<unknown> = Promise.resolve()) {
  return postgres.transaction(database, async (tx) => {
    const records = postgres.recordStore(tx)
    const insertNew: typeof records.insertNew = async (batch, actor) => {
      await wait
      return records.insertNew(batch, actor)
    }
    const ports = { records: { ...records, insertNew }, files: postgres.recordFileStore(tx), outbox: postgres.outbox(tx, 'user:a') }
    return publishRecords(
      ports,
      {
        convention: 'proteins',
        origin: { type: 'import', sourceNode: 'a' },
        records: [{ sourceId: '1', metadata: metadata as never }],
      } as never,
      'user:a',
    )
  })
}

test('a version that no record has used takes other fields, and records then have those', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(withFields('1.0.0', field('name'), field('size', 'TEXT'), field('gone', 'NUMBER')))
  const second = withFields('1.0.0', field('name'), field('size', 'NUMBER', { unit: 'nm' }), field('added', 'TEXT', { required: true }))
  const change = {
    path: 'schema',
    kind: 'UPDATED',
    summary: expect.stringMatching(
      /which no record has used.*"gone" is missing; "size" has a different type and a different unit; "added" is new/,
    ),
  }
  expect(await registry.deploy({ ...second, dryRun: true })).toMatchObject({ changes: [change] })
  expect(await columns(database)).toEqual({ name: 'text', size: 'text', gone: 'double precision' })
  expect(await registry.deploy(second)).toMatchObject({ changes: [change] })
  expect((await registry.deploy(second)).changes).toEqual([])
  expect(await columns(database)).toEqual({ name: 'text', size: 'double precision', added: 'text' })
  expect(await publish(database, { name: 'a', size: 2, added: 'b' })).toMatchObject([{ status: 'PUBLISHED' }])
  await expect(registry.deploy(withFields('1.0.0', field('name')))).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'input.schema.version',
    message: expect.stringContaining('have used never changes; deploy a new one'),
  })
})

test('a later version must be compatible with used versions, whose columns stay', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(withFields('1.0.0', field('name')))
  await publish(database, { name: 'a' })
  await registry.deploy(withFields('1.1.0', field('name'), field('size', 'TEXT')))
  await expect(registry.deploy(withFields('1.1.0', field('name', 'NUMBER')))).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('changes its type'),
  })
  await registry.deploy(withFields('1.1.0', field('name'), field('size', 'INTEGER')))
  expect(await columns(database)).toEqual({ name: 'text', size: 'bigint' })
  expect((await database.pool.query('select name from metadata.protein_v1')).rows).toEqual([{ name: 'a' }])
})

test('the name of a removed convention can get a schema with other fields', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(withFields('1.0.0', field('name')))
  await registry.remove('proteins')
  expect(await registry.deploy(withFields('1.0.0', field('title')))).toMatchObject({ created: true })
  expect(await columns(database)).toEqual({ title: 'text' })
})

test('a version that another convention uses cannot be redefined', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(withFields('1.0.0', field('name')))
  await registry.deploy({ ...withFields('1.0.0', field('name')), slug: 'others' })
  await expect(registry.deploy(withFields('1.0.0', field('title')))).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('"others" has it too'),
  })
})

test.each([
  [
    'a candidate',
    `insert into candidate (id, convention, schema_id, schema_version, metadata, decided_at, decision)
    select gen_random_uuid(), slug, schema_id, schema_version, '{}', now(), 'REFUSED' from convention`,
  ],
  ['a draft', `insert into deposition (id, convention, owner, metadata) select gen_random_uuid(), slug, 'ada', '{}' from convention`],
  [
    'a citation',
    `insert into citation (id, convention, title, table_name, order_by, as_of, schema_id, schema_version, hooks, row_count, releases, created_by)
    select 'c1', slug, 'x', 'records', '[]', now(), schema_id, schema_version, '{}', 0, '[]', 'user:a' from convention`,
  ],
])('a version that %s has used stays', async (_, insert) => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(withFields('1.0.0', field('name')))
  await database.pool.query(insert)
  await expect(registry.deploy(withFields('1.0.0', field('title')))).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'input.schema.version',
  })
  expect(await columns(database)).toEqual({ name: 'text' })
})

test('a version that a concurrent publication uses keeps its fields', async () => {
  await using database = await createTestDatabase({ poolSize: 10 })
  const registry = registryOn(database)
  await registry.deploy(withFields('1.0.0', field('name')))
  const { promise, resolve } = Promise.withResolvers<void>()
  const publishing = publish(database, { name: 'a' }, promise)
  const held = `select 1 from pg_locks where relation = 'schema_version'::regclass and mode = 'RowShareLock'`
  await expect.poll(async () => (await database.pool.query(held)).rowCount).toBeGreaterThan(0)
  const deploying = registry.deploy(withFields('1.0.0', field('title'))).catch((refusal: unknown) => refusal)
  const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  await expect.poll(async () => (await database.pool.query(waiting)).rowCount).toBe(1)
  resolve()
  expect(await publishing).toMatchObject([{ status: 'PUBLISHED' }])
  expect(await deploying).toMatchObject({ code: 'CONFLICT', field: 'input.schema.version' })
})

test('the database refuses to change a used version', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(withFields('1.0.0', field('name')))
  await publish(database, { name: 'a' })
  await expect(database.pool.query(`update schema_version set fields = '[]'`)).rejects.toThrow('immutable once it is used')
})
