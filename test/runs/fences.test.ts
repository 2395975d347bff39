import { setTimeout as pause } from 'node:timers/promises'
import { openQueue } from '@strata/infrastructure/queue'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRedisInstalled, startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { wipePostgresQueue, wipeRedis } from '../support/wipe-queue.ts'
import { openRuns, type Backend } from './open-runs.ts'

describe('with the queue in PostgreSQL', () => {
  everyQueue({ open: (database, log) => openQueue({ databaseUrl: database.url, log }), wipe: wipePostgresQueue })
})

describe.skipIf(!isRedisInstalled())('with the queue in Redis', () => {
  let redis: RedisServer
  beforeAll(async () => void (redis = await startRedisServer()))
  afterAll(() => redis.stop())
  everyQueue({
    open: (database, log) => openQueue({ databaseUrl: database.url, redisUrl: redis.url, log }),
    wipe: () => wipeRedis(redis.url),
  })
})

function pass({ records, write }: ScriptedInput): void {
  for (const { id, metadata } of records) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

const passing = () => scriptedRunner(pass)

function everyQueue(backend: Backend): void {
  test('a worker that sleeps past its lease and wakes up changes nothing', async () => {
    await using archive = await openRuns(backend)
    const asleep = Promise.withResolvers<void>()
    const wake = Promise.withResolvers<void>()
    const slow = passing()
    // No heartbeat, as when a process is stopped or its machine paused; it wakes up just before it would write.
    const sleeper = await archive.work({
      config: { ...archive.config, runs: { ...archive.config.runs, concurrency: 1 } },
      runners: [slow],
      pace: { leaseSeconds: 0.5, heartbeatMs: 600_000, reconcileMs: 600_000, pollMs: 600_000 },
      async reached(stage) {
        if (stage !== 'written') return
        asleep.resolve()
        await wake.promise
      },
    })
    await archive.publish(20)
    await asleep.promise
    const other = passing()
    await archive.work({ runners: [other] })
    const [run] = await archive.ended(1)
    expect(run).toMatchObject({ status: 'PASSED', row_count: 20n })
    const before = await archive.rows('select * from hook_run, run_attempt, run_outcome order by run_attempt.number, record')

    wake.resolve()
    await sleeper.close()
    expect(await archive.rows('select * from hook_run, run_attempt, run_outcome order by run_attempt.number, record')).toEqual(before)
    expect(await archive.rows('select count(*)::int as n from features.doubled')).toEqual([{ n: 20 }])
    // The sleeper may have taken the run a second time, and then lost that lease too.
    expect(run?.['leases']).toBe(slow.jobs.length + 1)
    expect(other.jobs).toHaveLength(1)
  })

  test('a job that is delivered many times at once is executed by one worker', async () => {
    await using archive = await openRuns(backend)
    const runners = [
      scriptedRunner(async (input) => (await pause(300), pass(input))),
      scriptedRunner(async (input) => (await pause(300), pass(input))),
    ]
    for (const runner of runners) await archive.work({ runners: [runner] })
    await archive.publish(10)
    await expect.poll(async () => (await archive.runs()).length).toBe(1)
    const [waiting] = await archive.runs()
    const jobs = Array.from({ length: 8 }, (_, i) => ({ id: `again-${i}`, name: 'doubled', data: { run: waiting?.id } }))
    await archive.queue.addBulk({ name: 'runs', parse: (data) => data }, jobs)
    await archive.ended(1)
    await pause(500)
    expect(runners.flatMap(({ jobs: done }) => done)).toHaveLength(1)
    expect(await archive.rows('select count(*)::int as n from features.doubled')).toEqual([{ n: 10 }])
  })

  test('a queue that is wiped in mid-flight loses no run, and each has its rows once', async () => {
    await using archive = await openRuns(backend, [{ name: 'one' }, { name: 'two' }])
    const runner = scriptedRunner(async (input) => (await pause(100), pass(input)))
    await archive.work({ runners: [runner] })
    await archive.publishApart(8, 5)
    for (const ended of [2, 6]) {
      await expect
        .poll(async () => (await archive.rows('select 1 from hook_run where finished_at is not null')).length)
        .toBeGreaterThanOrEqual(ended)
      await backend.wipe(archive.database)
    }
    const runs = await archive.ended(16, 25_000)
    expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['PASSED']))
    for (const hook of ['one', 'two']) {
      expect(await archive.rows(`select count(*)::int as n, count(distinct _record)::int as records from features.${hook}`)).toEqual([
        { n: 40, records: 40 },
      ])
    }
  })

  test('an event delivered again makes no second batch', async () => {
    await using archive = await openRuns(backend)
    await archive.work({ runners: [passing()] })
    await archive.publish(5)
    await archive.ended(1)
    await archive.database.pool.query('update outbox set handled_at = null')
    await expect.poll(async () => (await archive.rows('select 1 from outbox where handled_at is null')).length).toBe(0)
    expect(await archive.rows('select count(*)::int as n from batch')).toEqual([{ n: 1 }])
  })

  test('closing a worker puts its run back at once, and another worker continues it', async () => {
    await using archive = await openRuns(backend)
    const started = Promise.withResolvers<void>()
    const stuck = scriptedRunner(async ({ signal }) => {
      started.resolve()
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
    })
    const worker = await archive.work({ runners: [stuck], pace: { leaseSeconds: 600 } })
    await archive.publish(5)
    await started.promise
    await worker.close()
    expect((await archive.runs())[0]).toMatchObject({ status: 'QUEUED', lease_token: null })
    await archive.work({ runners: [passing()] })
    const [run] = await archive.ended(1)
    expect(run).toMatchObject({ status: 'PASSED', row_count: 5n, leases: 2 })
    expect(run?.['run_json']).toMatchObject({ attempts: [{ because: 'first', failure: { kind: 'CANCELLED' } }, { because: 'again' }] })
  })
}
