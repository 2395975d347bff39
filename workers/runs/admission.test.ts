import type { BatchPriority } from '@strata/domain/run'
import { expect, test } from 'vitest'
import { admission, type Capacity } from './admission.ts'

const never = new AbortController().signal
const capacity = { concurrency: 2, perHook: 2, memoryBytes: 100 }

/** Lets several wait at once, and says in which order they got in. */
function crowd(o: Partial<Capacity> = {}) {
  const door = admission({ ...capacity, ...o })
  const inside: string[] = []
  const leave = new Map<string, () => void>()
  return {
    inside,
    async comes(
      name: string,
      { hook = name, convention = 'all', memoryBytes = 10, priority = 'BULK' as BatchPriority, signal = never } = {},
    ) {
      const entering = door.enter({ hook, convention, memoryBytes, priority }, signal).then((out) => {
        inside.push(name)
        leave.set(name, out)
      })
      await Promise.race([entering, settle()])
      return entering
    },
    async goes(name: string) {
      leave.get(name)?.()
      await settle()
    },
  }
}

const settle = () => new Promise<void>((done) => setImmediate(done))

test('no more run at once than there is room for, and who came first goes first', async () => {
  const { comes, goes, inside } = crowd()
  for (const name of ['a', 'b', 'c', 'd']) void comes(name)
  await settle()
  expect(inside).toEqual(['a', 'b'])
  await goes('a')
  expect(inside).toEqual(['a', 'b', 'c'])
})

test('what a person waits for goes before the bulk, and a backfill after both', async () => {
  const { comes, goes, inside } = crowd({ concurrency: 1 })
  void comes('running')
  void comes('backfill', { priority: 'BACKFILL' })
  void comes('bulk')
  void comes('person', { priority: 'INTERACTIVE' })
  void comes('another person', { priority: 'INTERACTIVE' })
  await settle()
  for (const name of ['running', 'person', 'another person', 'bulk']) await goes(name)
  expect(inside).toEqual(['running', 'person', 'another person', 'bulk', 'backfill'])
})

test('one hook never takes the places of all, and those behind it do not wait for it', async () => {
  const { comes, goes, inside } = crowd({ concurrency: 3, perHook: 1 })
  void comes('first', { hook: 'greedy' })
  void comes('second', { hook: 'greedy' })
  void comes('other')
  await settle()
  expect(inside).toEqual(['first', 'other'])
  await goes('first')
  expect(inside).toEqual(['first', 'other', 'second'])
})

test('memory is never promised twice, and a large one is not starved by small ones that come later', async () => {
  const { comes, goes, inside } = crowd({ concurrency: 10 })
  void comes('half', { memoryBytes: 60 })
  void comes('large', { memoryBytes: 80 })
  void comes('small', { memoryBytes: 10 })
  await settle()
  expect(inside).toEqual(['half'])
  await goes('half')
  expect(inside).toEqual(['half', 'large', 'small'])
})

test('one that needs more than there is runs alone', async () => {
  const { comes, goes, inside } = crowd()
  void comes('small')
  void comes('giant', { memoryBytes: 1_000 })
  await settle()
  expect(inside).toEqual(['small'])
  await goes('small')
  void comes('later')
  await settle()
  expect(inside).toEqual(['small', 'giant'])
})

test('who gives up waiting makes room for those behind', async () => {
  const { comes, inside } = crowd({ concurrency: 10 })
  const patience = new AbortController()
  void comes('half', { memoryBytes: 60 })
  const gaveUp = comes('large', { memoryBytes: 80, signal: patience.signal })
  void comes('small', { memoryBytes: 10 })
  await settle()
  patience.abort(new Error('too long'))
  await expect(gaveUp).rejects.toThrow('too long')
  await settle()
  expect(inside).toEqual(['half', 'small'])
})

test('conventions take turns, however many runs of one of them wait', async () => {
  const { comes, goes, inside } = crowd({ perHook: 10 })
  for (const name of ['a1', 'a2', 'a3', 'a4']) void comes(name, { convention: 'a' })
  void comes('b1', { convention: 'b' })
  void comes('b2', { convention: 'b' })
  await settle()
  for (const name of ['a1', 'a2', 'b1']) await goes(name)
  expect(inside).toEqual(['a1', 'a2', 'b1', 'a3', 'b2'])
})
