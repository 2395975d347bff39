import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type Pool } from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../test/support/index.ts'

// What the migrations say and Prisma's schema cannot.

test('one source is one record of a convention, and may be another one elsewhere', async () => {
  await using database = await createTestDatabase()
  await addConventions(database.pool)
  await addRecord(database.pool, { convention: 'one' })
  await expect(addRecord(database.pool, { convention: 'one' })).rejects.toMatchObject({ constraint: 'record_by_source' })
  await addRecord(database.pool, { convention: 'two' })
})

test.each([
  { source: { type: 'rumour', id: '1' }, constraint: 'record_source_is_known' },
  { source: { id: '1' }, constraint: 'record_source_is_known' },
  { source: { type: 'import', id: '' }, constraint: 'record_source_has_id' },
  { source: { type: 'import' }, constraint: 'record_source_has_id' },
])('a record from $source is refused', async ({ source, constraint }) => {
  await using database = await createTestDatabase()
  await addConventions(database.pool)
  await expect(addRecord(database.pool, { source })).rejects.toMatchObject({ constraint })
})

test.each([`UPDATE record SET metadata = '{}'`, 'DELETE FROM record', 'TRUNCATE record CASCADE'])('a record stands: %s', async (sql) => {
  await using database = await createTestDatabase()
  await addConventions(database.pool)
  await addRecord(database.pool)
  await expect(database.pool.query(sql)).rejects.toThrow('A row of record is immutable')
})

test('a schema that a record has used may be written again as it is, and never otherwise', async () => {
  await using database = await createTestDatabase()
  await addConventions(database.pool)
  await database.pool.query(`UPDATE schema_version SET title = 'before'`)
  await addRecord(database.pool)
  await database.pool.query('UPDATE schema_version SET title = title')
  await expect(database.pool.query(`UPDATE schema_version SET title = 'other'`)).rejects.toThrow('A row of schema_version is immutable')
})

test('events are announced when they are committed, not when they are written', async () => {
  await using database = await createTestDatabase()
  const listener = new Client({ connectionString: database.url })
  await listener.connect()
  let announced = 0
  listener.on('notification', () => announced++)
  await listener.query('LISTEN strata_outbox')

  const writer = await database.pool.connect()
  await writer.query('BEGIN')
  await writer.query(`INSERT INTO outbox (id, type, payload, actor) VALUES ($1, 'Any', '{}', 'nobody')`, [randomUUID()])
  await sleep(50)
  expect(announced).toBe(0)
  const notified = once(listener, 'notification')
  await writer.query('COMMIT')
  await notified
  writer.release()
  await listener.end()
})

async function addConventions(pool: Pool): Promise<void> {
  await pool.query(`INSERT INTO schema_version (id, version, title, fields, created_by) VALUES ('s', '1', 'S', '[]', 'nobody')`)
  await pool.query(
    `INSERT INTO convention (slug, title, description, schema_id, schema_version, files, updated_by)
     SELECT slug, slug, '', 's', '1', '{}', 'nobody' FROM unnest(ARRAY['one', 'two']) AS slug`,
  )
}

async function addRecord(
  pool: Pool,
  { convention = 'one', source = { type: 'import', id: '1' } }: { convention?: string; source?: object } = {},
): Promise<void> {
  await pool.query(
    `INSERT INTO record (id, convention, schema_id, schema_version, source, metadata, published_at, published_by)
     VALUES ($1, $2, 's', '1', $3, '{"a": 1}', now(), 'nobody')`,
    [randomUUID(), convention, source],
  )
}
