import type { DomainEvent } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import { createTestDatabase, unguarded, type TestDatabase } from '../../../test/support/index.ts'
import { runWithRequest } from '../../telemetry/index.ts'
import { transaction, type Transaction } from '../session/transaction.ts'
import { deleteHandledEvents, eventInbox, outbox, overdueEvents, unrelayedEvents } from './outbox.ts'

const patience = { seconds: 60, atMostSeconds: 3_600 }
const deployed: DomainEvent = { type: 'ConventionDeployed', slug: 'proteins', created: true }
const published: DomainEvent = { type: 'RecordsPublished', convention: 'proteins', recordIds: ['1', '2'] }

test('an event is read back unchanged, with the request that caused it', async () => {
  await using database = await createTestDatabase()
  await runWithRequest({ requestId: 'req-1' }, () => append(database, published))
  const [notice] = await transaction(database, (tx) => unrelayedEvents(tx).take(10))
  expect(notice).toEqual({ eventId: expect.any(String), type: 'RecordsPublished', requestId: 'req-1' })
  expect(await transaction(database, (tx) => eventInbox(tx).claim(notice!.eventId))).toEqual(published)
})

test('an event is rolled back with its change', async () => {
  await using database = await createTestDatabase()
  const undone = transaction(database, async (tx) => {
    await outbox(tx, 'user:a').append(deployed)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await transaction(database, (tx) => unrelayedEvents(tx).take(10))).toEqual([])
})

test('events are relayed oldest first, in bounded batches, and once', async () => {
  await using database = await createTestDatabase()
  for (const slug of ['a', 'b', 'c']) await append(database, { ...deployed, slug })
  const slugs = []
  for (const limit of [2, 2, 2]) slugs.push((await transaction(database, (tx) => relay(tx, limit))).map(({ slug }) => slug))
  expect(slugs).toEqual([['a', 'b'], ['c'], []])
})

test('two relays at once never take the same event, nor wait for each other', async () => {
  await using database = await createTestDatabase()
  for (const slug of ['a', 'b', 'c']) await append(database, { ...deployed, slug })
  await transaction(database, async (first) => {
    const taken = await unrelayedEvents(first).take(2)
    const others = await transaction(database, (second) => unrelayedEvents(second).take(10))
    expect(taken).toHaveLength(2)
    expect(others).toHaveLength(1)
    expect(taken).not.toContainEqual(others[0])
  })
})

test('a relay can mark an event that was written after the relay began', async () => {
  await using database = await createTestDatabase()
  await transaction(database, async (tx) => {
    await tx.client.query('select 1')
    await append(database, deployed)
    expect(await relay(tx, 10)).toHaveLength(1)
  })
  const { rows } = await database.pool.query('select relayed_at >= created_at as in_order from outbox')
  expect(rows).toEqual([{ in_order: true }])
})

test('an event is overdue after the patience, and each time it comes back it waits twice as long, up to a limit', async () => {
  await using database = await createTestDatabase()
  const id = await append(database, deployed)
  const overdueAfter = (seconds: number, requeues: number) =>
    transaction(database, async (tx) => {
      await tx.client.query('set local session_replication_role = replica')
      await tx.client.query(
        `update outbox set created_at = now() - interval '1 day', relayed_at = now() - make_interval(secs => $1), requeues = $2`,
        [seconds, requeues],
      )
      return (await overdueEvents(tx).take(patience, 10)).some(({ eventId }) => eventId === id)
    })
  expect(await overdueAfter(59, 0)).toBe(false)
  expect(await overdueAfter(61, 0)).toBe(true)
  expect(await overdueAfter(119, 1)).toBe(false)
  expect(await overdueAfter(121, 1)).toBe(true)
  expect(await overdueAfter(3_599, 1_000)).toBe(false)
  expect(await overdueAfter(3_601, 1_000)).toBe(true)
})

test('an event that was put into the queue again is not overdue at once', async () => {
  await using database = await createTestDatabase()
  const id = await append(database, deployed)
  await unguarded(database.pool, `update outbox set created_at = now() - interval '1 day', relayed_at = now() - interval '1 hour'`)
  await transaction(database, (tx) => overdueEvents(tx).markRequeued([id]))
  expect(await transaction(database, (tx) => overdueEvents(tx).take(patience, 10))).toEqual([])
})

test('an event that was not relayed yet, or was handled, is not overdue', async () => {
  await using database = await createTestDatabase()
  await append(database, deployed)
  await append(database, published)
  await unguarded(
    database.pool,
    `update outbox set created_at = now() - interval '1 day', relayed_at = now() - interval '1 day', handled_at = now() where type = 'RecordsPublished'`,
  )
  expect(await transaction(database, (tx) => overdueEvents(tx).take(patience, 10))).toEqual([])
})

test('of two concurrent deliveries, the second waits and finds the event handled', async () => {
  await using database = await createTestDatabase()
  const id = await append(database, deployed)
  const order: string[] = []
  const deliver = (name: string) =>
    transaction(database, async (tx) => {
      const event = await eventInbox(tx).claim(id)
      order.push(`${name} ${event === undefined ? 'finds nothing' : 'has it'}`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      if (event) await eventInbox(tx).markHandled(id)
    })
  const first = deliver('first')
  await expect.poll(() => order.length).toBe(1)
  await Promise.all([first, deliver('second')])
  expect(order).toEqual(['first has it', 'second finds nothing'])
})

test('an event of a type that this version does not know is refused and stays unhandled', async () => {
  await using database = await createTestDatabase()
  const id = await append(database, deployed)
  await unguarded(database.pool, `update outbox set type = 'MoonLanded'`)
  expect(await transaction(database, (tx) => unrelayedEvents(tx).take(1))).toMatchObject([{ type: 'MoonLanded' }])
  await expect(transaction(database, (tx) => eventInbox(tx).claim(id))).rejects.toThrow('type')
})

test('only events handled long ago are deleted, a limited number at a time', async () => {
  await using database = await createTestDatabase()
  const slugs = ['unhandled', 'fresh', 'old', 'older', 'oldest']
  for (const slug of slugs) await append(database, { ...deployed, slug })
  await unguarded(database.pool, `update outbox set created_at = now() - interval '30 days'`)
  for (const [slug, days] of Object.entries({ fresh: 6, old: 8, older: 9, oldest: 10 })) {
    await database.pool.query(`update outbox set handled_at = now() - make_interval(days => $2) where payload ->> 'slug' = $1`, [
      slug,
      days,
    ])
  }
  const sweep = () => transaction(database, (tx) => deleteHandledEvents(tx, { days: 7, limit: 2 }))
  expect(await sweep()).toBe(2)
  expect(await sweep()).toBe(1)
  expect(await sweep()).toBe(0)
  const { rows } = await database.pool.query(`select payload ->> 'slug' as slug from outbox order by created_at, id`)
  expect(rows.map(({ slug }) => slug)).toEqual(['unhandled', 'fresh'])
})

async function append(database: TestDatabase, event: DomainEvent): Promise<string> {
  await transaction(database, (tx) => outbox(tx, 'user:a').append(event))
  const { rows } = await database.pool.query('select id from outbox order by created_at desc, id desc limit 1')
  return rows[0].id
}

async function relay(tx: Transaction, limit: number): Promise<{ slug: string }[]> {
  const ids = (await unrelayedEvents(tx).take(limit)).map(({ eventId }) => eventId)
  await unrelayedEvents(tx).markRelayed(ids)
  const { rows } = await tx.client.query(`select payload ->> 'slug' as slug from outbox where id = any($1) order by created_at, id`, [ids])
  return rows
}
