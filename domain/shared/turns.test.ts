import { setImmediate as nextRound } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startSlices, turn } from './turns.ts'

const busy = (milliseconds: number) => {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

test('each round of the event loop has one turn', async () => {
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

test('long work is put off to later rounds, all of it is done, and in order', async () => {
  const slices = startSlices()
  const done: number[] = []
  let rounds = 0
  let isDone = false
  const count = () => {
    rounds++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const work = Array.from({ length: 2_000 }, (_, i) => {
    const step = () => {
      busy(0.05)
      done.push(i)
    }
    return slices.isOver() ? slices.later(step) : step()
  })
  await Promise.all(work)
  isDone = true
  expect(done).toEqual(Array.from({ length: 2_000 }, (_, i) => i))
  // 100 ms of work in slices of about 10 ms.
  expect(rounds).toBeGreaterThan(3)
})

test('short work is not put off, however long its operation has waited before', async () => {
  const slices = startSlices()
  expect(slices.isOver()).toBe(false)
  await nextRound()
  busy(30)
  expect(Array.from({ length: 100 }, () => slices.isOver())).not.toContain(true)
})

test('what fails later rejects', async () => {
  const slices = startSlices()
  await expect(slices.later(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(slices.later(() => { throw new Error('at once') })).rejects.toThrow('at once')
})
