import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonicalJson, digestOf } from '@strata/domain/shared'
import { startInputDigest } from '../attempt/canonical-input.ts'
import { runFailure } from '../attempt/failure.ts'
import { parseRunJson, refuseMismatch } from './parse-run-json.ts'
import { buildRunJson, printRunJson, type RunFacts } from './run-json.ts'

const schema = JSON.parse(readFileSync(new URL('../../../docs/run.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true }).compile(schema)
const time = '2026-01-31T12:00:00.000Z'
const attempt = {
  records: 2,
  limits: { memoryBytes: 1024, cpuMillis: 500, timeoutSeconds: 300 },
  isolation: ['no network'],
  startedAt: time,
  finishedAt: time,
}
const facts: RunFacts = {
  run: 'r1',
  batch: 'b1',
  hook: 'pockets',
  release: { id: 'rel1', version: 3, sourceRef: 'git:https://example.org/hooks@abc' },
  runtime: { type: 'module', digest: digestOf('code'), config: { z: 1, a: [2] } },
  recordIds: ['rec1', 'rec2'],
  attempts: [
    { number: 1, because: 'first', exitCode: 137, failure: runFailure('OOM', 'Out of memory.'), ...attempt },
    { number: 2, because: 'oom', exitCode: 0, ...attempt, limits: { ...attempt.limits, memoryBytes: 2048 } },
  ],
  inputDigest: digestOf('input'),
  outputs: [{ attempt: 2, file: 'features.jsonl', bytes: 10, digest: digestOf('output') }],
  counts: { records: 2, passed: 1, empty: 1, rejected: 0, errored: 0, rows: 3 },
  status: 'PASSED',
  startedAt: time,
  finishedAt: time,
}
const original = printRunJson(buildRunJson(facts))

test('a printed run.json is parsed again, and matches the published schema', () => {
  const text = printRunJson(buildRunJson(facts))
  expect(parseRunJson(text)).toEqual(buildRunJson(facts))
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true)
  expect(text.startsWith('{"attempts":[{"because":"first"')).toBe(true)
})

test('retries after running out of memory are counted from the attempts, also in a failed run', () => {
  const failed = buildRunJson({
    ...facts,
    counts: { ...facts.counts, passed: 0, empty: 0 },
    status: 'FAILED',
    failure: runFailure('OOM', 'Out of memory.'),
  })
  expect(failed.oomRetries).toBe(1)
  expect(parseRunJson(printRunJson(failed)).attempts.map(({ limits }) => limits.memoryBytes)).toEqual([1024, 2048])
  expect(validate(JSON.parse(printRunJson(failed)))).toBe(true)
})

describe('a document is refused', () => {
  test.each([
    ['when its retries do not fit its attempts', { oomRetries: 0 }, /oomRetries/],
    ['when an output was changed', { outputs: [{ ...facts.outputs[0], bytes: 11 }] }, /outputDigest/],
    ['when its counts do not add up', { counts: { ...facts.counts, passed: 0 } }, /counts/],
    ['when it lists a record twice', { recordIds: ['rec1', 'rec1'] }, /twice/],
    ['when its status hides a failure', { failure: { kind: 'OOM', message: 'x' } }, /status/],
    ['when it hides errors', { counts: { ...facts.counts, empty: 0, errored: 1 } }, /status/],
    ['when a member is missing', { hook: undefined }, /"hook" of it is missing/],
    ['when it has a member that nobody knows', { note: 'x' }, /"note"/],
    ['when a member is of another type', { startedAt: 'now' }, /startedAt/],
  ])('%s', (_, change, fault) => {
    const text = canonicalJson(JSON.parse(JSON.stringify({ ...JSON.parse(original), ...change })))
    expect(() => parseRunJson(text)).toThrow(fault)
  })

  test('when its text is not canonical', () => {
    expect(() => parseRunJson(JSON.stringify(buildRunJson(facts), null, 1))).toThrow(/canonical/)
    expect(() => parseRunJson('{')).toThrow(/not JSON/)
  })

  test('when it is of another run, release, batch or input', () => {
    const run = buildRunJson(facts)
    refuseMismatch(run, facts)
    expect(() => refuseMismatch(run, { ...facts, run: 'r2' })).toThrow(/its run is not that of run r2/)
    expect(() => refuseMismatch(run, { ...facts, release: { ...facts.release, version: 4 } })).toThrow(/its release/)
    expect(() => refuseMismatch(run, { ...facts, runtime: { ...facts.runtime, digest: digestOf('other') } })).toThrow(/its runtime/)
    expect(() => refuseMismatch(run, { ...facts, recordIds: ['rec2', 'rec1'] })).toThrow(/its record ids/)
    expect(() => refuseMismatch(run, { ...facts, inputDigest: digestOf('x') })).toThrow(/its input digest/)
  })
})

test('the digest of an input depends on its content, not on its formatting', () => {
  expect(digest({ a: 1, b: 2 })).toBe(digest({ b: 2, a: 1 }))
  expect(digest({ a: 1 })).not.toBe(digest({ a: 2 }))
  expect(digest({ a: 1 })).not.toBe(digest({ a: 1 }, { level: 2 }))
})

function digest(metadata: Record<string, number>, config = {}) {
  const input = startInputDigest(config)
  input.add({ id: 'rec1', metadata, sizeHintMb: 0 })
  return input.end()
}

test('an unbounded failure message is refused, for the run and for an attempt', () => {
  const failed = { ...facts, counts: { ...facts.counts, passed: 0, empty: 0 }, status: 'FAILED' as const, failure: runFailure('OOM', 'x') }
  const text = printRunJson(buildRunJson(failed))
  expect(parseRunJson(text).failure).toEqual({ kind: 'OOM', message: 'x' })
  for (const message of ['y'.repeat(2_001), 'a\\u0000b']) {
    expect(() => parseRunJson(text.replace('"message":"x"', `"message":"${message}"`))).toThrow('the "message" of failure')
    expect(() => parseRunJson(text.replace('"message":"Out of memory."', `"message":"${message}"`))).toThrow(
      'the "message" of failure of an attempt',
    )
  }
})
