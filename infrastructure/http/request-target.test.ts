import { expect, test } from 'vitest'
import { countCpuTime } from '../../test/support/cpu-time.ts'
import { faultOfTarget } from './request-target.ts'

test.each([
  '/',
  '/graphql',
  '/graphql?query={a}',
  '/files/sha256:00?x=../..',
  '/data/a/b.csv?a=//b',
  '/files/...',
  '/files/.hidden',
  '/records/a/files/a%252Fb',
  '/%c0%ae%c0%ae/x',
  '/a%2fb',
])('%s is unambiguous', (target) => expect(faultOfTarget(target)).toBeUndefined())

test.each([
  ['', 'exactly one slash'],
  ['*', 'exactly one slash'],
  ['graphql', 'exactly one slash'],
  ['//a', 'exactly one slash'],
  ['http://a/b', 'exactly one slash'],
  ['a:443', 'exactly one slash'],
  ['/a#b', 'fragment'],
  ['/a\\b', 'backslash'],
  ['/..', 'dot segment'],
  ['/./a', 'dot segment'],
  ['/a/%2E%2e/b', 'dot segment'],
  ['/a/.%252e', 'dot segment'],
  ['/a/%25252525%32e/b', 'dot segment'],
  ['/a/%25%32%65', 'dot segment'],
  [`/${'%25'.repeat(9)}`, undefined],
  [`/%${'25'.repeat(9)}`, 'dot segment'],
  ['/a/..%2fb', 'dot segment'],
  ['/a/b%5c..%255cc', 'dot segment'],
  ['/%ff/..', 'dot segment'],
])('%s: %s', (target, fault) => expect(faultOfTarget(target)).toEqual(fault === undefined ? undefined : expect.stringContaining(fault)))

test('checking a path with many rounds of encoding takes linear time', () => {
  const cpuTime = countCpuTime()
  faultOfTarget(`/${'%25'.repeat(5_000)}2e`)
  faultOfTarget(`/${'%'.repeat(8_000)}${'25'.repeat(4_000)}`)
  faultOfTarget(`/%${'25'.repeat(8_000)}`)
  expect(cpuTime()).toBeLessThan(1_000)
})
