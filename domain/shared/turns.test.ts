import { setImmediate as nextRound } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mapInSlices, slicedItems, startSlices, turn } from './turns.ts'

const busy = (milliseconds: number) => {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

/** Counts the rounds of the event loop from now on. */
function countRounds() {
  let rounds = 0
  let isOver = false
  const count = () => {
    rounds++
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  return { soFar: () => rounds, [Symbol.dispose]: () => void (isOver = true) }
}

test('each round of the event loop grants one turn', async () => {
  using rounds = countRounds()
  const granted = await Promise.all(['a', 'b', 'c'].map(async () => turn().then(() => rounds.soFar())))
  expect(new Set(granted).size).toBe(3)
})

test('a long list lets other work run, and stays complete and in order', async () => {
  using rounds = countRounds()
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
  expect(done).toEqual(Array.from({ length: 2_000 }, (_, i) => i))
  // 100 ms of work in slices of about 10 ms.
  expect(rounds.soFar()).toBeGreaterThan(3)
})

test('a long list is mapped in slices, in order', async () => {
  using rounds = countRounds()
  const mapped = await mapInSlices(
    Array.from({ length: 2_000 }, (_, i) => i),
    (n) => (busy(0.05), n + 1),
  )
  expect(mapped).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 1))
  expect(rounds.soFar()).toBeGreaterThan(3)
})

test('short work does not pause, even if its operation has waited for long before', async () => {
  const slices = startSlices()
  expect(slices.pause()).toBeUndefined()
  busy(30)
  await nextRound()
  expect(Array.from({ length: 20 }, () => slices.pause()).filter((pause) => pause !== undefined)).toEqual([])
})
