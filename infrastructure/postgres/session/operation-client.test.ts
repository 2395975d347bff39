import { startOperation, type AnswerLimits } from '@strata/domain/shared'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/index.ts'
import { withinOperation } from './current-operation.ts'
import { snapshot } from './snapshot.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase({ poolSize: 2 })))
afterAll(() => database[Symbol.asyncDispose]())

const plenty: AnswerLimits = { values: Infinity, bytes: Infinity, readBytes: Infinity }

function operation(limits: Partial<AnswerLimits> = {}) {
  const controller = new AbortController()
  const giveUp = (reason: Error) => (controller.abort(reason), true)
  return { controller, operation: startOperation({ limits: { ...plenty, ...limits }, signal: controller.signal, giveUp }) }
}

/** As many as there are connections. The test then shows that every connection is in the pool, idle and outside a transaction. */
async function allFree(): Promise<void> {
  const answers = await Promise.all([1, 2, 3, 4].map((n) => database.pool.query('select $1::int as n, pg_sleep(0.01)', [n])))
  expect(answers.map(({ rows }) => rows[0]?.n)).toEqual([1, 2, 3, 4])
}

const sleeping = () => sql`select pg_sleep(60)`

test.each([
  ['kysely', () => sleeping().execute(database.kysely)],
  ['a snapshot', () => snapshot(database, (kysely) => sleeping().execute(kysely))],
  ['the pool', () => database.pool.query('select pg_sleep(60)')],
  ['the pool with values', () => database.pool.query('select pg_sleep($1)', [60])],
])('a statement of %s is cancelled when its operation is aborted, and fails with the reason', async (_, run) => {
  const { controller, operation: given } = operation()
  const running = withinOperation(given, run)
  running.catch(() => {})
  await expect
    .poll(
      async () =>
        (
          await database.pool.query(
            `select 1 from pg_stat_activity where query like '%pg_sleep%' and state = 'active' and datname = current_database() and pid <> pg_backend_pid()`,
          )
        ).rowCount,
      { timeout: 20_000 },
    )
    .toBe(1)
  controller.abort(new Error('nobody waits'))
  await expect(running).rejects.toThrow('nobody waits')
  await allFree()
})

test('an aborted operation starts no further statement', async () => {
  const { controller, operation: given } = operation()
  controller.abort(new Error('nobody waits'))
  await expect(withinOperation(given, () => database.pool.query('select 1'))).rejects.toThrow('nobody waits')
  await expect(withinOperation(given, () => snapshot(database, (kysely) => sql`select 1`.execute(kysely)))).rejects.toThrow('nobody waits')
  await allFree()
})

test('rows are counted as they arrive: a statement with too many rows ends, and memory stays close to the limit', async () => {
  const { operation: given } = operation({ readBytes: 1_000_000 })
  const before = process.memoryUsage().rss
  const read = withinOperation(given, () => database.pool.query(`select repeat('x', 1000) as text from generate_series(1, 2000000)`))
  await expect(read).rejects.toThrow('reads more than 1,000,000 bytes of rows')
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
  await allFree()
})

test('statements outside operations, and statements of other operations, continue', async () => {
  const { controller, operation: given } = operation()
  const other = database.pool.query('select pg_sleep(0.3), 7 as n')
  const running = withinOperation(given, () => database.pool.query('select pg_sleep(60)'))
  running.catch(() => {})
  controller.abort(new Error('nobody waits'))
  await expect(running).rejects.toThrow('nobody waits')
  expect((await other).rows[0]?.n).toBe(7)
  await allFree()
})

test('a statement that waited for a connection works for its own operation, not for the one that returned the connection', async () => {
  const { controller, operation: given } = operation()
  const busy = [1, 2].map(() => withinOperation(given, () => database.pool.query('select pg_sleep(60)')))
  const waiting = [1, 2, 3].map((n) => database.pool.query('select $1::int as n', [n]))
  controller.abort(new Error('nobody waits'))
  expect((await Promise.allSettled(busy)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect((await Promise.all(waiting)).map(({ rows }) => rows[0]?.n)).toEqual([1, 2, 3])
})

test('a large result is parsed one chunk of the socket per round of the event loop, and is complete', async () => {
  const { operation: given } = operation()
  const read = new Map<number, number>()
  let round = 0
  let isDone = false
  const count = () => {
    round++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const counted = { ...given, read: (bytes: number) => void read.set(round, (read.get(round) ?? 0) + bytes) }
  const { rows } = await withinOperation(counted, () => database.pool.query(`select n, repeat('x', 100) from generate_series(1, 100000) n`))
  isDone = true
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 100_000 }, (_, i) => i + 1))
  // A chunk is 64 KiB. A second one may be in the stream's buffer already.
  expect(Math.max(...read.values())).toBeLessThanOrEqual(2.1 * 65_536)
})
