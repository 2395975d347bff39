import { setImmediate as nextRound } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mapInSlices, slicedItems, startSlices, turn } from './turns.ts'

const busy = (milliseconds: number) => {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

test('each round of the event loop grants one turn', async () => {
  let round = 0
  let isDone = false
  const count = () => {
    round++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const rounds = await Promise.all(['a', 'b', 'c'].map(async () => turn().then(() => round)))
  isDone = true
  expect(new Set(rounds).size).toBe(3)
})

test('a long list lets other work run, and stays complete and in order', async () => {
  let rounds = 0
  let isDone = false
  const count = () => {
    rounds++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const done: number[] = []
  await Promise.all(
    slicedItems(
      Array.from({ length: 2_000 }, (_, i) => i),
      startSlices(),
    ).map(async (item) => {
      const n = await item
      busy(0.05)
      done.push(n)
    }),
  )
  isDone = true
  expect(done).toEqual(Array.from({ length: 2_000 }, (_, i) => i))
  // 100 ms of work in slices of about 10 ms.
  expect(rounds).toBeGreaterThan(3)
})

test('a long list is mapped in slices, in order', async () => {
  let rounds = 0
  let isDone = false
  const count = () => {
    rounds++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const mapped = await mapInSlices(
    Array.from({ length: 2_000 }, (_, i) => i),
    (n) => (busy(0.05), n + 1),
  )
  isDone = true
  expect(mapped).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 1))
  expect(rounds).toBeGreaterThan(3)
})

test('short work does not pause, even if its operation has waited for long before', async () => {
  const slices = startSlices()
  expect(slices.pause()).toBeUndefined()
  busy(30)
  await nextRound()
  expect(Array.from({ length: 20 }, () => slices.pause()).filter((pause) => pause !== undefined)).toEqual([])
})
