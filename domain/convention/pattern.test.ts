import { expect, test } from 'vitest'
import { compilePattern, mostSteps } from './pattern.ts'

/** Legal patterns that compile to a large program or that RE2 finds hard. */
const nasty = [
  '[ab]*a[ab]{400}',
  '(.{0,30}){0,30}b',
  '(a{0,50}){0,20}',
  '(?i)(?:\\p{L}*a\\p{L}{300})',
  '(?:a?){500}(?:a{1,500})*b',
  '(?:.*a.*){200}',
]

test.each(nasty)('%s refuses a text that needs more steps than allowed', (source) => {
  const pattern = compilePattern(source)
  const longest = 'a'.repeat(pattern.longest)
  expect(pattern.steps(longest)).toBeLessThanOrEqual(mostSteps)
  expect(pattern.steps(`${longest}a`)).toBeGreaterThan(mostSteps)
  expect(() => pattern.matches(`${longest}a`)).toThrow(RangeError)
})

test('ordinary patterns accept the longest text', () => {
  for (const source of ['.*', '[0-9][a-z0-9]{3}', '[A-Z]{3}\\d+', '(a|b)*c', '\\p{Lu}.*', '10\\.\\d{4,9}/.+']) {
    expect(compilePattern(source).longest).toBeGreaterThanOrEqual(100_000)
  }
})

test('a pattern that spells out a thousand characters still matches them', () => {
  for (const source of ['.{0,1000}', '[a-z]{1000}', '.{1,1000}']) expect(compilePattern(source).matches('a'.repeat(1_000))).toBe(true)
})
