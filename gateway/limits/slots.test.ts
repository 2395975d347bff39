import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

const never = new AbortController().signal
const limits = { costAtOnce: 100, waitingPerCaller: 3, waiting: 5, refuse: () => new Error('full') }

/** Enters under a name, and records the order of admissions. */
function entering(slots = createSlots(limits)) {
  const entered: string[] = []
  const leave = new Map<string, () => void>()
  const enter = async (name: string, cost: number, caller = 'a', signal = never) => {
    leave.set(name, await slots.enter({ cost, caller, signal }))
    entered.push(name)
  }
  return { entered, enter, leave: async (name: string) => (leave.get(name)?.(), await new Promise(setImmediate)) }
}

test('large operations wait until there is room, and enter in the order of arrival', async () => {
  const { entered, enter, leave } = entering()
  await enter('one', 60)
  void enter('two', 60)
  void enter('three', 10)
  await leave('none')
  expect(entered).toEqual(['one'])
  await leave('one')
  expect(entered).toEqual(['one', 'two', 'three'])
})

test('small operations do not wait for large ones', async () => {
  const { entered, enter } = entering()
  await enter('large', 100)
  await enter('small', 1)
  expect(entered).toEqual(['large', 'small'])
})

test('callers take turns, however many operations one of them sends', async () => {
  const { entered, enter, leave } = entering()
  await enter('a1', 100, 'a')
  for (const name of ['a2', 'a3', 'a4']) void enter(name, 100, 'a')
  void enter('b1', 100, 'b')
  for (const name of ['a1', 'a2', 'b1', 'a3']) await leave(name)
  expect(entered).toEqual(['a1', 'a2', 'b1', 'a3', 'a4'])
})

test('an operation beyond the waiting limit of a caller, or of all callers, is refused', async () => {
  const { enter } = entering()
  await enter('a1', 100, 'a')
  for (const name of ['a2', 'a3', 'a4']) void enter(name, 100, 'a')
  await expect(enter('a5', 100, 'a')).rejects.toThrow('full')
  for (const name of ['b1', 'b2']) void enter(name, 100, 'b')
  await expect(enter('c1', 100, 'c')).rejects.toThrow('full')
})

test('an operation aborted while it waits leaves the queue and lets those behind it in', async () => {
  const { entered, enter, leave } = entering()
  const controller = new AbortController()
  await enter('one', 60)
  const given = enter('two', 90, 'a', controller.signal)
  void enter('three', 40)
  controller.abort(new Error('gone'))
  await expect(given).rejects.toThrow('gone')
  await leave('none')
  expect(entered).toEqual(['one', 'three'])
})

test('an operation that costs more than the capacity runs alone, and leaving twice counts once', async () => {
  const { entered, enter, leave } = entering()
  await enter('huge', 1_000)
  void enter('next', 50)
  void enter('last', 60)
  await leave('huge')
  await leave('huge')
  expect(entered).toEqual(['huge', 'next'])
})
