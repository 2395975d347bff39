import { expect, test } from 'vitest'
import { repeat } from './repeat.ts'
import { eventually } from '../../test/support/eventually.ts'

test('it runs at once, then each time it is woken', async () => {
  const { repeating, runs } = counted(async () => false)
  await eventually(() => expect(runs()).toBe(1))
  repeating.wake()
  await eventually(() => expect(runs()).toBe(2))
  await repeating.close()
})

test('woken while it runs, it runs once more and never twice at a time', async () => {
  let running = 0
  const { repeating, runs } = counted(async () => {
    running += 1
    expect(running).toBe(1)
    await pause(20)
    running -= 1
    return false
  })
  repeating.wake()
  repeating.wake()
  await eventually(() => expect(runs()).toBe(2))
  await pause(50)
  expect(runs()).toBe(2)
  await repeating.close()
})

test('it goes on without a rest while there is more', async () => {
  let left = 5
  const { repeating, runs } = counted(async () => --left > 0)
  await eventually(() => expect(runs()).toBe(5))
  await repeating.close()
})

test('it goes on by itself after a while, even after it failed, and reports a failure when it begins or changes', async () => {
  const outcomes = ['no database', 'no database', 'no queue', 'no queue', undefined, 'no queue', 'no queue']
  const failures: string[] = []
  let runs = 0
  const failing = repeat({
    everyMs: 10,
    async task() {
      const message = outcomes[runs++]
      if (message !== undefined) throw new Error(message)
      return false
    },
    failed: (error) => failures.push((error as Error).message),
  })
  await eventually(() => expect(runs).toBeGreaterThan(outcomes.length))
  await failing.close()
  expect(failures).toEqual(['no database', 'no queue', 'no queue'])
})

test('closing waits for the task that runs and starts no other', async () => {
  let finished = 0
  const repeating = repeat({
    everyMs: 1,
    task: async () => {
      await pause(30)
      finished += 1
      return true
    },
    failed: () => {},
  })
  await repeating.close()
  expect(finished).toBe(1)
  await pause(50)
  expect(finished).toBe(1)
})

function counted(task: () => Promise<boolean>) {
  let count = 0
  const repeating = repeat({
    everyMs: 60_000,
    task: () => {
      count += 1
      return task()
    },
    failed: (error) => {
      throw error
    },
  })
  return { repeating, runs: () => count }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
