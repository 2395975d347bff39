import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isRedisInstalled, startRedisServer, type RedisServer } from '../../test/support/redis-server.ts'
import { createEmptyDatabase } from '../../test/support/index.ts'
import { wipePostgresQueue, wipeRedis } from '../../test/support/wipe-queue.ts'
import { createLogger } from '../telemetry/index.ts'
import { openQueue, type JobFailure, type JobQueue, type JobRequest, type NamedQueue } from './index.ts'
import { eventually } from '../../test/support/eventually.ts'

const log = createLogger({ level: 'error', format: 'json' }, 'test')
const counting: NamedQueue<number> = { name: 'counting', parse: Number }

describe('on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>
  beforeAll(async () => {
    database = await createEmptyDatabase()
  })
  afterAll(() => database[Symbol.asyncDispose]())

  everyQueue({ open: () => openQueue({ databaseUrl: database.url, log }), wipe: () => wipePostgresQueue(database) })

  test('two processes that start at once on an empty database both get a queue', async () => {
    await using empty = await createEmptyDatabase()
    const queues = await Promise.all([1, 2, 3].map(() => openQueue({ databaseUrl: empty.url, log })))
    await queues[0]!.add(counting, job('a', 1))
    await Promise.all(queues.map((queue) => queue.close()))
  })

  test('queues and workers of a process share their connections', async () => {
    const queue = await openQueue({ databaseUrl: database.url, log })
    const names = ['one', 'two', 'three', 'four', 'five', 'six']
    const processors = await Promise.all(names.map((name) => queue.process({ ...counting, name }, async () => {}, { concurrency: 4 })))
    await Promise.all(names.map((name) => queue.addBulk({ ...counting, name }, [job('a', 1), job('b', 2), job('c', 3)])))
    expect(await connections(database.url)).toBeLessThanOrEqual(names.length + 4)
    await Promise.all(processors.map((processor) => processor.close()))
    expect(await connections(database.url)).toBeLessThanOrEqual(4)
    await queue.close()
    await eventually(async () => expect(await connections(database.url)).toBe(0))
  })
})

describe.skipIf(!isRedisInstalled())('on Redis', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedisServer()
  })
  afterAll(() => redis.stop())

  everyQueue({ open: () => openQueue({ databaseUrl: 'postgres://unused', redisUrl: redis.url, log }), wipe: () => wipeRedis(redis.url) })

  test('a Redis that does not answer is named at start', async () => {
    const quiet = createLogger({ level: 'silent', format: 'json' }, 'test')
    const opened = openQueue({ databaseUrl: 'postgres://unused', redisUrl: 'redis://:secret@127.0.0.1:1', log: quiet })
    await expect(opened).rejects.toThrow('Redis at 127.0.0.1:1 does not answer. Check that it runs and that REDIS_URL is right')
  })
})

/** What holds on both. */
function everyQueue(backend: { open(): Promise<JobQueue>; wipe(): Promise<void> }): void {
  let queue: JobQueue
  beforeEach(async () => {
    await backend.wipe()
    queue = await backend.open()
  })
  afterEach(() => queue.close())

  test('a job that was added is processed with its data', async () => {
    const seen = await processing(queue)
    await queue.add(counting, job('a', 7))
    await eventually(() => expect(seen).toEqual([{ id: 'a', name: 'count', data: 7, attempt: 1 }]))
  })

  test('the same id twice runs once, before it ran and after', async () => {
    await queue.add(counting, job('a', 1))
    await queue.add(counting, job('a', 2))
    const seen = await processing(queue)
    await eventually(() => expect(seen).toHaveLength(1))
    await queue.addBulk(counting, [job('a', 3), job('b', 4)])
    await eventually(() => expect(seen.map(({ data }) => data)).toEqual([1, 4]))
  })

  test('requeue runs a job again that has ended, and leaves one alone that still waits', async () => {
    const seen = await processing(queue)
    await queue.add(counting, job('a', 1))
    await eventually(() => expect(seen).toHaveLength(1))
    await queue.add(counting, { ...job('b', 2), delay: 60_000 })
    await eventually(async () => {
      await queue.requeue(counting, job('a', 3))
      expect(seen.length).toBeGreaterThan(1)
    })
    await queue.requeue(counting, job('b', 4))
    await queue.add(counting, job('c', 5))
    await eventually(() => expect(seen.at(-1)?.data).toBe(5))
    expect(seen.filter(({ id }) => id === 'b')).toEqual([])
  })

  test('a job that throws is tried again after a growing while, and its last failure is told as final', async () => {
    const started: number[] = []
    const failures: JobFailure<number>[] = []
    const handler = async () => {
      started.push(performance.now())
      throw new Error(`failed ${started.length}`)
    }
    await queue.process(counting, handler, { concurrency: 1, failed: (failure) => failures.push(failure) })
    await queue.add(counting, { ...job('a', 1), attempts: 3, backoff: 100 })
    await eventually(() => expect(failures.map(({ final }) => final)).toEqual([false, false, true]))
    expect(failures.map(({ job, error }) => [job.attempt, error.message])).toEqual([
      [1, 'failed 1'],
      [2, 'failed 2'],
      [3, 'failed 3'],
    ])
    const [first, second, third] = started as [number, number, number]
    expect(second - first).toBeGreaterThan(95)
    expect(third - second).toBeGreaterThan(190)
  })

  test('a worker that was closed finished its job first, and another one goes on', async () => {
    let finished = 0
    const handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      finished += 1
    }
    const first = await queue.process(counting, handler, { concurrency: 1 })
    await queue.addBulk(counting, [job('a', 1), job('b', 2), job('c', 3)])
    await eventually(() => expect(finished).toBe(1))
    await first.close()
    const atClose = finished
    expect(atClose).toBeLessThan(3)
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(finished).toBe(atClose)
    await queue.process(counting, handler, { concurrency: 1 })
    await eventually(() => expect(finished).toBe(3))
  })

  test('jobs that were added before the queue was closed are there when it is opened again', async () => {
    await queue.add(counting, job('a', 1))
    await queue.close()
    queue = await backend.open()
    const seen = await processing(queue)
    await eventually(() => expect(seen).toHaveLength(1))
  })

  test('a delayed job waits', async () => {
    const seen = await processing(queue)
    const added = performance.now()
    await queue.add(counting, { ...job('a', 1), delay: 300 })
    await eventually(() => expect(seen).toHaveLength(1))
    expect(performance.now() - added).toBeGreaterThan(290)
  })

  test('an urgent job overtakes a less urgent one', async () => {
    await queue.addBulk(counting, [
      { ...job('a', 1), priority: 9 },
      { ...job('b', 2), priority: 2 },
    ])
    const seen = await processing(queue)
    await eventually(() => expect(seen.map(({ id }) => id)).toEqual(['b', 'a']))
  })

  test('what a person waits for goes before the bulk, and a backfill after both, however late they come', async () => {
    const named = (id: string, priority: number) => ({ ...job(id, priority), priority })
    await queue.addBulk(counting, [named('backfill', 3), named('bulk', 2), named('more-bulk', 2)])
    await queue.add(counting, named('person', 1))
    const seen = await processing(queue)
    await eventually(() => expect(seen.map(({ id }) => id)).toEqual(['person', 'bulk', 'more-bulk', 'backfill']))
  })

  test('a queue that was wiped under a waiting worker can be filled again', async () => {
    const seen = await processing(queue)
    await queue.add(counting, job('a', 1))
    await eventually(() => expect(seen).toHaveLength(1))
    await backend.wipe()
    await queue.add(counting, job('a', 2))
    await eventually(() => expect(seen.map(({ data }) => data)).toEqual([1, 2]))
  })
}

function job(id: string, data: number): JobRequest<number> {
  return { id, name: 'count', data }
}

async function processing(queue: JobQueue) {
  const seen: { id: string; name: string; data: number; attempt: number }[] = []
  await queue.process(counting, async (job) => void seen.push(job), { concurrency: 1 })
  return seen
}

async function connections(url: string): Promise<number> {
  return within(url, async (client) => {
    const { rows } = await client.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    return rows[0].n
  })
}

async function within<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
