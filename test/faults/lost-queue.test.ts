import type { DomainEvent, EventHandlers } from '@strata/domain/shared'
import { openQueue } from '@strata/infrastructure/queue'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRuns, type Backend } from '../runs/open-runs.ts'
import { isRedisInstalled, startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { scriptedRunner } from '../support/scripted-runner.ts'
import { eventually } from '../support/eventually.ts'

const timeout = 60_000
/** As in an archive: what was lost is looked for after a minute, and then ever more seldom. */
const patience = { seconds: 60, atMostSeconds: 3_600 }

describe.skipIf(!isRedisInstalled())('a Redis that is killed and comes back empty', () => {
  let redis: RedisServer
  beforeAll(async () => void (redis = await startRedisServer()))
  afterAll(() => redis.stop())
  const backend: Pick<Backend, 'open'> = { open: (database, log) => openQueue({ databaseUrl: database.url, redisUrl: redis.url, log }) }

  test('leaves no event waiting, however often that happens', { timeout: timeout * 2 }, async () => {
    await using archive = await openRuns(backend)
    let isFailing = true
    const failed: string[] = []
    const handle = async (event: DomainEvent) => {
      if (!isFailing) return
      failed.push(event.type)
      throw new Error('What the handler needs is away.')
    }
    const handlers = new Proxy({} as EventHandlers, { get: () => handle })
    await archive.work({ pace: { patience }, handlersFor: () => handlers })
    for (let loss = 1; loss <= 4; loss += 1) {
      isFailing = true
      failed.length = 0
      await archive.publish(1)
      await eventually(() => expect(failed).toContain('RecordsPublished'), { timeout })
      for (let time = 0; time < loss; time += 1) await redis.lose()
      isFailing = false
      await eventually(async () => expect(await archive.rows('select type from outbox where handled_at is null')).toEqual([]))
    }
  })

  test('leaves no run waiting', { timeout: timeout * 2 }, async () => {
    await using archive = await openRuns(backend)
    const begun = Promise.withResolvers<void>()
    const open = Promise.withResolvers<void>()
    const runner = scriptedRunner(async ({ ids, write, signal }) => {
      begun.resolve()
      await Promise.race([open.promise, aborted(signal)])
      for (const id of ids) write('features', { id, features: [] })
    })
    const config = { ...archive.config, runs: { ...archive.config.runs, concurrency: 1, perHook: 1 } }
    await archive.work({ runners: [runner], config, pace: { patience } })
    await archive.publish(1)
    await begun.promise
    await archive.publish(1)
    await eventually(
      async () => expect(await archive.rows(`select id from hook_run where status = 'QUEUED' and queued_at is not null`)).toHaveLength(1),
      { timeout },
    )
    await redis.lose()
    await redis.lose()
    open.resolve()
    await archive.ended(2)
  })

  test('that was lost while no worker ran leaves no event waiting either', { timeout: timeout * 2 }, async () => {
    await using archive = await openRuns(backend)
    await archive.publish(1)
    await archive.rows('update outbox set relayed_at = now(), requeues = 6')
    await archive.work({
      pace: { patience },
      runners: [scriptedRunner(({ ids, write }) => ids.forEach((id) => write('features', { id, features: [] })))],
    })
    await archive.ended(1)
  })
})

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
}
