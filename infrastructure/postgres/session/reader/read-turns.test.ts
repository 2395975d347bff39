import { RateLimited } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import { ReadTurns, type EndTurn } from './read-turns.ts'

const limits = { callers: 4, perCaller: 3, spare: 1, waiting: 2, waitMs: 60_000 }

test('one caller never holds the last turn, and a caller without a turn always gets one of those', async () => {
  const { take, admitted } = open(limits)
  for (let i = 0; i < 5; i++) take('a')
  await expect.poll(admitted).toEqual(['a', 'a', 'a'])
  take('b')
  await expect.poll(admitted).toEqual(['a', 'a', 'a', 'b'])
})

test('several callers together leave the spare turn to a caller who holds none', async () => {
  const { take, admitted } = open({ ...limits, perCaller: 2 })
  for (const caller of ['a', 'a', 'b', 'b']) take(caller)
  await expect.poll(admitted).toEqual(['a', 'a', 'b'])
  take('c')
  await expect.poll(admitted).toEqual(['a', 'a', 'b', 'c'])
})

test('queues are served in rotation, whatever their length', async () => {
  const { take, admitted, end } = open({ callers: 1, perCaller: 1, spare: 0, waiting: 10, waitMs: 60_000 })
  for (const caller of ['a', 'a', 'a', 'b', 'b', 'c']) take(caller)
  for (let i = 1; i <= 6; i++) {
    await expect.poll(() => admitted().length).toBe(i)
    end()
  }
  expect(admitted()).toEqual(['a', 'a', 'b', 'c', 'a', 'b'])
})

test('a caller who waits too long, or in too long a queue, is refused and leaves the queue', async () => {
  const turns = new ReadTurns({ callers: 1, perCaller: 1, spare: 0, waiting: 1, waitMs: 20 })
  const endFirst = await turns.take('a')
  const late = turns.take('a')
  await expect(turns.take('a')).rejects.toBeInstanceOf(RateLimited)
  await expect(late).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 5 })
  endFirst()
  endFirst()
  const end = await turns.take('b')
  const next = turns.take('a')
  end()
  await next
})

function open(limits: ConstructorParameters<typeof ReadTurns>[0]) {
  const turns = new ReadTurns(limits)
  const order: string[] = []
  const ends: EndTurn[] = []
  return {
    take: (caller: string) =>
      void turns.take(caller).then(
        (end) => (order.push(caller), ends.push(end)),
        () => undefined,
      ),
    admitted: () => [...order],
    end: () => ends.shift()?.(),
  }
}
