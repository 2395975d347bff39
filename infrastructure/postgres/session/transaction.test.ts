import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/index.ts'
import type { Database } from './connection.ts'
import { transaction, type Transaction } from './transaction.ts'

test('what Prisma, kysely and the driver write in one transaction is kept together', async () => {
  await using database = await createTestDatabase()
  await transaction(database, (tx) => writeByAllThree(tx, 'kept'))
  expect(await versionsOf(database, 'kept')).toEqual(['driver', 'kysely', 'prisma'])
})

test('a throw after the last write takes all of it back', async () => {
  await using database = await createTestDatabase()
  const work = transaction(database, async (tx) => {
    await writeByAllThree(tx, 'lost')
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await versionsOf(database, 'lost')).toEqual([])
})

test('each of the three sees what the others wrote, and nobody outside does', async () => {
  await using database = await createTestDatabase()
  await transaction(database, async (tx) => {
    await writeByAllThree(tx, 'inside')
    expect(await tx.prisma.schemaVersion.count({ where: { id: 'inside' } })).toBe(3)
    expect(await versionsOf(tx, 'inside')).toHaveLength(3)
    const seen = await tx.client.query('SELECT count(*) FROM schema_version')
    expect(seen.rows).toEqual([{ count: 3n }])
    expect(await versionsOf(database, 'inside')).toEqual([])
  })
})

test('twenty transactions at once, every other one failing, never share a connection or a row', async () => {
  await using database = await createTestDatabase({ poolSize: 6 })
  const backends = new Set<number>()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      transaction(database, async (tx) => {
        const pids = [await pidOf(tx, 'kysely'), await pidOf(tx, 'client'), await pidOf(tx, 'prisma')]
        expect(new Set(pids).size).toBe(1)
        expect(backends.has(pids[0] ?? 0)).toBe(false)
        backends.add(pids[0] ?? 0)
        await writeByAllThree(tx, `parallel-${n}`)
        await tx.client.query('SELECT pg_sleep(0.01)')
        backends.delete(pids[0] ?? 0)
        if (n % 2 === 1) throw new Error('every other one')
      }),
    ),
  )
  expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, (_, n) => (n % 2 === 1 ? 'rejected' : 'fulfilled')))
  const kept = await database.kysely.selectFrom('schema_version').select('id').distinct().execute()
  expect(kept.map(({ id }) => id).sort()).toEqual(Array.from({ length: 10 }, (_, n) => `parallel-${2 * n}`).sort())
})

test('transactions that deadlock are done again until both are kept', async () => {
  await using database = await createTestDatabase()
  await transaction(database, async (tx) => {
    for (const slug of ['a', 'b']) await addOutboxRow(tx, slug)
  })
  await database.pool.query('alter table outbox disable trigger user')
  let attempts = 0
  const bothHoldARow = meeting(2)
  const touch = (first: string, second: string) =>
    transaction(database, async (tx) => {
      attempts++
      for (const type of [first, second]) {
        await tx.kysely
          .updateTable('outbox')
          .set({ actor: sql`actor || ${first}` })
          .where('type', '=', type)
          .execute()
        await bothHoldARow()
      }
    })
  await Promise.all([touch('a', 'b'), touch('b', 'a')])
  const rows = await database.kysely.selectFrom('outbox').select('actor').execute()
  expect(rows.map(({ actor }) => Array.from(actor.slice('nobody'.length)).sort().join(''))).toEqual(['ab', 'ab'])
  expect(attempts).toBe(3)
})

test('a conflict that Prisma reports, in raw SQL or in a query of its own, is done again too', async () => {
  await using database = await createTestDatabase()
  await failOutboxInserts(database, 'AFTER INSERT')
  let attempts = 0
  await transaction(database, async (tx) => {
    attempts++
    if (attempts === 1) await tx.prisma.$executeRawUnsafe(CONFLICT)
    if (attempts === 2) await addOutboxRow(tx, 'any')
  })
  expect(attempts).toBe(3)
})

test('a conflict at COMMIT is done again, and each time the connection is given back', async () => {
  await using database = await createTestDatabase({ poolSize: 1 })
  await failOutboxInserts(database, 'CONSTRAINT')
  let attempts = 0
  await transaction(database, async (tx) => {
    if (++attempts < 4) await addOutboxRow(tx, 'any')
  })
  expect(attempts).toBe(4)
})

test('after five conflicts the conflict is reported', async () => {
  await using database = await createTestDatabase()
  let attempts = 0
  const work = transaction(database, async (tx) => {
    attempts++
    await tx.client.query(CONFLICT)
  })
  await expect(work).rejects.toMatchObject({ code: '40001' })
  expect(attempts).toBe(5)
})

test('a swallowed failure does not pass for a commit', async () => {
  await using database = await createTestDatabase()
  const work = transaction(database, async (tx) => {
    await addOutboxRow(tx, 'lost')
    await tx.client.query('SELECT 1 / 0').catch(() => {})
  })
  await expect(work).rejects.toThrow('its error was swallowed')
})

test('rows can be copied in through the driver', async () => {
  await using database = await createTestDatabase()
  await transaction(database, async (tx) => {
    const copy = tx.client.query(copyFrom('COPY schema_version (id, version, title, fields, created_by) FROM STDIN'))
    await pipeline(Readable.from(['copied\t1\tOne\t[]\tnobody\n', 'copied\t2\tTwo\t[]\tnobody\n']), copy)
    expect(await versionsOf(tx, 'copied')).toEqual(['1', '2'])
  })
  expect(await versionsOf(database, 'copied')).toEqual(['1', '2'])
})

test('a handle that outlives its transaction refuses to work', async () => {
  await using database = await createTestDatabase()
  const leaked = await transaction(database, async (tx) => tx)
  await expect(versionsOf(leaked, 'x')).rejects.toThrow('This transaction has ended')
  expect(() => leaked.client.query('SELECT 1')).toThrow('This transaction has ended')
})

test('kysely cannot begin a second transaction inside the first', async () => {
  await using database = await createTestDatabase()
  const work = transaction(database, (tx) => tx.kysely.transaction().execute(async () => {}))
  await expect(work).rejects.toThrow('This is a transaction already')
})

const CONFLICT = `DO $$ BEGIN RAISE SQLSTATE '40001'; END $$`

/** Makes the database refuse every insert as it would in a conflict, at the statement or not before COMMIT. */
async function failOutboxInserts({ pool }: Database, when: 'AFTER INSERT' | 'CONSTRAINT'): Promise<void> {
  await pool.query(`CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '40P01'; END $$`)
  const [kind, deferral] = when === 'CONSTRAINT' ? ['CONSTRAINT', 'DEFERRABLE INITIALLY DEFERRED'] : ['', '']
  await pool.query(`CREATE ${kind} TRIGGER x AFTER INSERT ON outbox ${deferral} FOR EACH ROW EXECUTE FUNCTION conflict()`)
}

async function writeByAllThree(tx: Transaction, id: string): Promise<void> {
  await tx.prisma.schemaVersion.create({ data: { id, version: 'prisma', title: id, fields: [], createdBy: 'nobody' } })
  await tx.kysely.insertInto('schema_version').values({ id, version: 'kysely', title: id, fields: '[]', created_by: 'nobody' }).execute()
  await tx.client.query(`INSERT INTO schema_version (id, version, title, fields, created_by) VALUES ($1, 'driver', $1, '[]', 'nobody')`, [
    id,
  ])
}

async function addOutboxRow(tx: Transaction, type: string): Promise<void> {
  await tx.prisma.outbox.create({ data: { id: randomUUID(), type, payload: {}, actor: 'nobody' } })
}

async function versionsOf({ kysely }: Pick<Transaction, 'kysely'>, id: string): Promise<string[]> {
  const rows = await kysely.selectFrom('schema_version').select('version').where('id', '=', id).orderBy('version').execute()
  return rows.map(({ version }) => version)
}

async function pidOf(tx: Transaction, by: 'kysely' | 'client' | 'prisma'): Promise<number> {
  const query = 'SELECT pg_backend_pid() AS pid'
  if (by === 'prisma') return (await tx.prisma.$queryRawUnsafe<{ pid: number }[]>(query))[0]!.pid
  if (by === 'client') return (await tx.client.query<{ pid: number }>(query)).rows[0]!.pid
  return (await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx.kysely)).rows[0]!.pid
}

/** Resolves for everyone once it was called so many times, and at once from then on. */
function meeting(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let arrived = 0
  return () => {
    if (++arrived >= size) resolve()
    return promise
  }
}
