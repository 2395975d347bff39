import { setTimeout as pause } from 'node:timers/promises'
import { relayOutbox, type ConventionDeployed, type DomainEvent, type EventHandlers } from '@strata/domain/shared'
import { loadConfig } from '@strata/infrastructure/environment'
import { outbox, transaction, unrelayedEvents } from '@strata/infrastructure/postgres'
import { openQueue, type JobQueue } from '@strata/infrastructure/queue'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger, runWithRequest, type Logger } from '@strata/infrastructure/telemetry'
import { composeWorker, type WorkerOptions } from '@strata/workers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from './support/index.ts'
import { isRedisInstalled, startRedisServer, type RedisServer } from './support/redis-server.ts'
import { wipePostgresQueue, wipeRedis } from './support/wipe-queue.ts'
import { eventually } from './support/eventually.ts'

const config = loadConfig({})
const deployed: ConventionDeployed = { type: 'ConventionDeployed', slug: 'proteins', created: true }
const recordIds = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`)
const published: DomainEvent = { type: 'RecordsPublished', convention: 'proteins', recordIds }
const soon = { reconcileMs: 50, patience: { seconds: 0.3, atMostSeconds: 2 }, backoff: 20 }

describe('with the queue in PostgreSQL', () => {
  everyQueue({ open: (database, log) => openQueue({ databaseUrl: database.url, log }), wipe: wipePostgresQueue })
})

describe.skipIf(!isRedisInstalled())('with the queue in Redis', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedisServer()
  })
  afterAll(() => redis.stop())

  everyQueue({
    open: (database, log) => openQueue({ databaseUrl: database.url, redisUrl: redis.url, log }),
    wipe: () => wipeRedis(redis.url),
  })
})

interface Backend {
  open(database: TestDatabase, log: Logger): Promise<JobQueue>
  wipe(database: TestDatabase): Promise<void>
}

function everyQueue(backend: Backend): void {
  test('an event is handled soon after its commit, and the log line has the id of the request that caused it', async () => {
    await using archive = await open(backend)
    await archive.work()
    await runWithRequest({ requestId: 'req-7' }, () => archive.tell(published))
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
    await eventually(() =>
      expect(archive.lines).toContainEqual(
        expect.objectContaining({ msg: 'records published', convention: 'proteins', records: 3, requestId: 'req-7' }),
      ),
    )
  })

  test('events written while no worker ran are handled by the next one', async () => {
    await using archive = await open(backend)
    await archive.tell(deployed)
    await archive.tell(published)
    await archive.work()
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
  })

  test('a relay that crashes between adding the jobs and marking the events makes no event run twice', async () => {
    await using archive = await open(backend)
    await archive.tell(deployed)
    const crashing = transaction(archive.database, async (tx) => {
      const queue = { add: archive.addToQueue, requeue: archive.addToQueue }
      await relayOutbox({ events: unrelayedEvents(tx), queue }, { limit: 10 })
      throw new Error('crashed')
    })
    await expect(crashing).rejects.toThrow('crashed')
    await archive.work({ handlersFor: archive.recordingEffects() })
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
    await pause(100)
    expect(await archive.effects()).toEqual({ proteins: 1 })
  })

  test('an event that is delivered again after it was handled has no second effect', async () => {
    await using archive = await open(backend)
    await archive.work({ handlersFor: archive.recordingEffects() })
    const eventId = await archive.tell(deployed)
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
    await backend.wipe(archive.database)
    await archive.addToQueue([{ eventId, type: deployed.type, requestId: undefined }])
    await archive.tell(published)
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
    await pause(100)
    expect(await archive.effects()).toEqual({ proteins: 1 })
  })

  test('a queue that is wiped in mid-flight loses no event, and each takes effect once', async () => {
    await using archive = await open(backend)
    const slugs = Array.from({ length: 60 }, (_, n) => `convention-${n}`)
    await archive.work({ pace: { ...soon, concurrency: 2 }, handlersFor: archive.recordingEffects(20) })
    await Promise.all(slugs.map((slug) => archive.tell({ ...deployed, slug })))

    for (const handled of [5, 15, 25]) {
      await eventually(async () => expect(await archive.unhandled()).toBeLessThanOrEqual(60 - handled))
      await backend.wipe(archive.database)
    }
    expect(await archive.unhandled()).toBeGreaterThan(0)
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
    expect(await archive.effects()).toEqual(Object.fromEntries(slugs.map((slug) => [slug, 1])))
  })

  test('a failing event is retried, finally logged as an error with its id, and re-queued later', async () => {
    await using archive = await open(backend)
    let broken = true
    const failing = () => async () => {
      if (broken) throw new Error('no such table')
    }
    await archive.work({
      pace: { ...soon, attempts: 2 },
      handlersFor: () => ({ ...nothingToDo, ConventionDeployed: failing() }),
    })
    const id = await runWithRequest({ requestId: 'req-8' }, () => archive.tell(deployed))

    const final = { level: 'error', eventId: id, event: 'ConventionDeployed', attempt: 2, requestId: 'req-8' }
    await eventually(() => expect(archive.lines).toContainEqual(expect.objectContaining(final)))
    expect(archive.lines).toContainEqual(expect.objectContaining({ level: 'warn', eventId: id, attempt: 1 }))
    expect(await archive.unhandled()).toBe(1)

    broken = false
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
  })

  test('an effect of a handler that fails half-way is not kept', async () => {
    await using archive = await open(backend)
    let attempts = 0
    await archive.work({
      pace: soon,
      handlersFor: (tx) => {
        const { ConventionDeployed } = archive.recordingEffects()(tx)
        return {
          ...nothingToDo,
          async ConventionDeployed(event) {
            await ConventionDeployed(event)
            attempts += 1
            if (attempts < 3) throw new Error('half-way')
          },
        }
      },
    })
    await archive.tell(deployed)
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
    expect(attempts).toBe(3)
    expect(await archive.effects()).toEqual({ proteins: 1 })
  })

  test('closing finishes what is being handled and leaves the rest for the next worker', async () => {
    await using archive = await open(backend)
    const slugs = Array.from({ length: 10 }, (_, n) => `convention-${n}`)
    const worker = await archive.work({ pace: { concurrency: 1 }, handlersFor: archive.recordingEffects(50) })
    for (const slug of slugs) await archive.tell({ ...deployed, slug })
    await eventually(async () => expect(await archive.unhandled()).toBeLessThan(9))
    await worker.close()
    const left = await archive.unhandled()
    expect(left).toBeGreaterThan(0)
    await pause(150)
    expect(await archive.unhandled()).toBe(left)

    await archive.work({ handlersFor: archive.recordingEffects() })
    await eventually(async () => expect(await archive.unhandled()).toBe(0))
    expect(await archive.effects()).toEqual(Object.fromEntries(slugs.map((slug) => [slug, 1])))
  })
}

type LogLine = { readonly [field: string]: unknown }

/** A database, a queue and the workers of one test; everything is closed at its end. */
async function open(backend: Backend) {
  const parts = new AsyncDisposableStack()
  const database = parts.use(await createTestDatabase())
  await database.pool.query('create table effect (slug text not null)')
  const lines: LogLine[] = []
  const log = createLogger({ level: 'info', format: 'json' }, 'worker', { write: (line) => lines.push(JSON.parse(line)) })
  const queue = await backend.open(database, log)
  parts.defer(() => queue.close())
  await backend.wipe(database)

  return {
    database,
    lines,
    async work(options: Pick<WorkerOptions, 'pace' | 'handlersFor'> = {}) {
      const worker = await composeWorker({ config, log, database, queue, storage: openStorage(config), ...options })
      parts.defer(() => worker.close())
      return worker
    },
    async tell(event: DomainEvent): Promise<string> {
      return transaction(database, async (tx) => {
        await outbox(tx, 'user:a').append(event)
        const { rows } = await tx.client.query('select id from outbox order by created_at desc, id desc limit 1')
        return rows[0].id
      })
    },
    addToQueue: (notices: readonly { eventId: string; type: string; requestId: string | undefined }[]) =>
      queue.addBulk(
        { name: 'events', parse: (data) => data },
        notices.map((notice) => ({ id: notice.eventId, name: notice.type, data: notice })),
      ),
    /** Handlers whose effect is a row for each time they ran, in the event's own transaction. */
    recordingEffects:
      (ms = 0): NonNullable<WorkerOptions['handlersFor']> =>
      (tx): EventHandlers => ({
        ...nothingToDo,
        async ConventionDeployed(event) {
          await tx.client.query('insert into effect values ($1)', [event.slug])
          await pause(ms)
        },
      }),
    async effects(): Promise<Record<string, number>> {
      const { rows } = await database.pool.query('select slug, count(*)::int as times from effect group by slug')
      return Object.fromEntries(rows.map(({ slug, times }) => [slug, times]))
    },
    async unhandled(): Promise<number> {
      const { rows } = await database.pool.query('select count(*)::int as n from outbox where handled_at is null')
      return rows[0].n
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

const nothingToDo: EventHandlers = {
  ConventionDeployed: () => Promise.resolve(),
  RecordsPublished: () => Promise.resolve(),
  ReleaseCreated: () => Promise.resolve(),
  LivePointerMoved: () => Promise.resolve(),
  ReleaseStateChanged: () => Promise.resolve(),
  RunFinished: () => Promise.resolve(),
  BatchFinished: () => Promise.resolve(),
  DepositionCreated: () => Promise.resolve(),
  DepositionSubmitted: () => Promise.resolve(),
  DepositionForwarded: () => Promise.resolve(),
  DepositionReturned: () => Promise.resolve(),
  DepositionPublished: () => Promise.resolve(),
}
