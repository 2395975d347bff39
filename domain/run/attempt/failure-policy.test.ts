import { describe, expect, test } from 'vitest'
import { decideAfterFailure, defaultFailurePolicy, type FailureFacts } from './failure-policy.ts'
import { failureKinds, runFailure, type FailureKind } from './failure.ts'
import { keepsFinishedRecords } from './kept-work.ts'

const mebi = 2 ** 20
const facts = (kind: FailureKind, more: Partial<FailureFacts> = {}): FailureFacts => ({
  failure: runFailure(kind, 'It broke.'),
  unfinished: 8,
  finished: 0,
  memoryBytes: 512 * mebi,
  oomRetries: 0,
  faultRetries: 0,
  crashesInRow: 1,
  runnerAway: false,
  awayRetries: 0,
  timeoutSeconds: 300,
  records: 8,
  hasFinished: true,
  fruitlessSeconds: 60,
  ...more,
})
const decide = (kind: FailureKind, more: Partial<FailureFacts> = {}, jitter = 1) =>
  decideAfterFailure(facts(kind, more), defaultFailurePolicy, () => jitter)
const retry = (because: string, memory: number, delayMs: number) => ({ action: 'retry', because, memoryBytes: memory * mebi, delayMs })

describe('each failure leads to one action', () => {
  test.each([
    ['out of memory: twice the memory', 'OOM', {}, retry('oom', 1024, 0)],
    ['out of memory for the third time: twice the memory', 'OOM', { oomRetries: 2 }, retry('oom', 1024, 0)],
    ['out of memory once more: the batch is halved', 'OOM', { oomRetries: 3 }, { action: 'bisect' }],
    ['memory is doubled up to the cap', 'OOM', { memoryBytes: 10_240 * mebi }, retry('oom', 16_384, 0)],
    ['out of memory at the cap: the batch is halved', 'OOM', { memoryBytes: 16_384 * mebi }, { action: 'bisect' }],
    [
      'one record that needs more than there is',
      'OOM',
      { oomRetries: 3, unfinished: 1 },
      { action: 'error-record', reason: 'It broke.', retryable: true },
    ],
    ['out of time: the record it was stopped at is tried alone', 'TIMEOUT', {}, { action: 'probe' }],
    ['out of time with two records', 'TIMEOUT', { unfinished: 2 }, { action: 'bisect' }],
    ['out of time, but records were finished: goes on at once', 'TIMEOUT', { finished: 3 }, retry('continued', 512, 0)],
    ['one record that takes too long', 'TIMEOUT', { unfinished: 1 }, { action: 'error-record', reason: 'It broke.', retryable: true }],
    ['the machinery', 'RUNTIME', {}, retry('fault', 512, 1000)],
    ['upstream', 'UPSTREAM', { faultRetries: 1 }, retry('fault', 512, 2000)],
    ['what nobody knows', 'UNKNOWN', {}, retry('fault', 512, 1000)],
    ['a hook that exits', 'HOOK_EXIT', {}, { action: 'bisect' }],
    [
      'a hook that exits over one record',
      'HOOK_EXIT',
      { unfinished: 1 },
      { action: 'error-record', reason: 'It broke.', retryable: false },
    ],
    ['a hook that exits before it has finished anything', 'HOOK_EXIT', { hasFinished: false }, { action: 'probe' }],
    ['unreadable output', 'INVALID_OUTPUT', { unfinished: 2 }, { action: 'bisect' }],
    [
      'unreadable output over one record',
      'INVALID_OUTPUT',
      { unfinished: 1 },
      { action: 'error-record', reason: 'It broke.', retryable: false },
    ],
    [
      'a hook that fails without records',
      'HOOK_EXIT',
      { unfinished: 0 },
      { action: 'fail', failure: { kind: 'HOOK_EXIT', message: 'It broke.' } },
    ],
    ['a runner that went away is waited for, and costs nothing', 'RUNTIME', { runnerAway: true, faultRetries: 3 }, { action: 'wait' }],
    [
      'a run that is cancelled waits for no runner',
      'CANCELLED',
      { runnerAway: true },
      { action: 'cancel', failure: { kind: 'CANCELLED', message: 'It broke.' } },
    ],
    ['cancelled', 'CANCELLED', {}, { action: 'cancel', failure: { kind: 'CANCELLED', message: 'It broke.' } }],
  ] as const)('%s', (_, kind, more, action) => {
    expect(decide(kind, more)).toEqual(action)
  })

  test.each(['IMAGE_PULL', 'CONFIG', 'PERMISSION'] as const)('%s fails at once and says what to do', (kind) => {
    const decided = decide(kind)
    expect(decided).toMatchObject({ action: 'fail', failure: { kind } })
    if (decided.action === 'fail') expect(decided.failure.message).toMatch(/^It broke\. .+\.$/)
  })

  test.each(['RUNTIME', 'UPSTREAM', 'UNKNOWN'] as const)('%s fails when retries are used up; no record is blamed', (kind) => {
    expect(decide(kind, { faultRetries: 3, unfinished: 1 })).toMatchObject({ action: 'fail', failure: { kind } })
  })
})

test('a hook that crashes on every record fails the run instead of being bisected for ever', () => {
  expect(decide('HOOK_EXIT', { crashesInRow: 15 })).toEqual({ action: 'bisect' })
  expect(decide('HOOK_EXIT', { crashesInRow: 16 })).toMatchObject({ action: 'fail', failure: { kind: 'HOOK_EXIT' } })
})

test('before the first finished record, fewer crashes are enough', () => {
  expect(decide('HOOK_EXIT', { hasFinished: false, crashesInRow: 7 })).toEqual({ action: 'probe' })
  expect(decide('HOOK_EXIT', { hasFinished: false, crashesInRow: 8 })).toMatchObject({ action: 'fail', failure: { kind: 'HOOK_EXIT' } })
})

test('a hook that runs without finishing a record has a budget, which grows with the batch after the first finished record', () => {
  const spent = (fruitlessSeconds: number, hasFinished: boolean) =>
    decide('TIMEOUT', { timeoutSeconds: 5, records: 1000, hasFinished, fruitlessSeconds })
  expect(spent(24, false)).toEqual({ action: 'probe' })
  expect(spent(25, false)).toMatchObject({
    action: 'fail',
    failure: { kind: 'TIMEOUT', message: expect.stringContaining('budget of 25 seconds') },
  })
  expect(spent(59, true)).toEqual({ action: 'probe' })
  expect(spent(60, true)).toMatchObject({ action: 'give-up', reason: expect.stringContaining('budget of 60 seconds') })
  expect(decide('OOM', { oomRetries: 3, timeoutSeconds: 5, hasFinished: false, fruitlessSeconds: 25 })).toMatchObject({
    action: 'fail',
    failure: { kind: 'OOM' },
  })
})

test('one poison record among a thousand is found before the hook is given up, wherever it lies', () => {
  for (const poison of [0, 499, 500, 999]) expect(bisect(poison)).toEqual({ errored: [poison], passed: 999 })
})

/** The halves of a batch, one after the other, as a workflow would run them. */
function bisect(poison: number) {
  const errored: number[] = []
  let passed = 0
  let crashesInRow = 0
  const run = (from: number, to: number): void => {
    if (poison < from || poison >= to) {
      passed += to - from
      crashesInRow = 0
      return
    }
    crashesInRow += 1
    const decided = decide('HOOK_EXIT', { unfinished: to - from, crashesInRow })
    if (decided.action === 'error-record') errored.push(from)
    else if (decided.action === 'bisect') {
      const middle = Math.ceil((from + to) / 2)
      run(from, middle)
      run(middle, to)
    } else throw new Error(`gave up at ${from} to ${to}`)
  }
  run(0, 1000)
  return { errored, passed }
}

test('a part fails if the runner keeps becoming unavailable during it', () => {
  expect(decide('RUNTIME', { runnerAway: true, awayRetries: 49 })).toEqual({ action: 'wait' })
  expect(decide('RUNTIME', { runnerAway: true, awayRetries: 50 })).toMatchObject({ action: 'fail', failure: { kind: 'RUNTIME' } })
})

test('jitter spreads retries over the second half of the wait', () => {
  expect(decide('RUNTIME', { faultRetries: 9 }, 0)).toMatchObject({ action: 'fail' })
  expect(decide('RUNTIME', {}, 0)).toEqual(retry('fault', 512, 500))
  expect(decide('RUNTIME', { faultRetries: 2 }, 0.5)).toEqual(retry('fault', 512, 3000))
})

test('only a hook that was stopped from outside keeps its finished records', () => {
  expect(failureKinds.filter(keepsFinishedRecords)).toEqual(['OOM', 'TIMEOUT', 'UPSTREAM', 'RUNTIME'])
})
