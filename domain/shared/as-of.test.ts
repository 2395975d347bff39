import { expect, test } from 'vitest'
import { parseAsOf, requirePast } from './as-of.ts'

const now = new Date('2026-03-02T12:00:00Z')

test.each([
  ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00:00.25+02:00', '2026-01-31T10:00:00.250Z'],
  ['2026-01-31', '2026-01-31T23:59:59.999Z'],
  ['2024-02-29', '2024-02-29T23:59:59.999Z'],
  // A future time is refused where it is used.
  ['2026-03-02T12:00:01Z', '2026-03-02T12:00:01.000Z'],
])('%s is %s', (text, moment) => {
  expect(parseAsOf(text, now)?.toISOString()).toBe(moment)
})

test.each(['2026-03-02', '2026-03-03', '9999-12-31'])('%s means now, because the day has not ended', (text) => {
  expect(parseAsOf(text, now)).toBeUndefined()
})

test.each([
  ['yesterday'],
  [''],
  ['2026-02-30'],
  ['2026-02-30T12:00:00Z'],
  ['2026-01-31T12:00:00'],
  ['2026-1-31'],
  ['0000-01-01'],
  ['26-01-31'],
  [20260131],
  [null],
  [['2026-01-31']],
  [{}],
])('%j is neither', (value) => {
  expect(() => parseAsOf(value, now)).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      field: 'asOf',
      message: expect.stringMatching(/^`asOf` must be a time with its zone, like .*, or a date, like .*; it is /),
    }),
  )
})

test('a future time is refused', () => {
  expect(requirePast(now, now)).toBe(now)
  expect(requirePast(null, now)).toBeUndefined()
  expect(() => requirePast(new Date('2026-03-02T12:00:01Z'), now)).toThrow(
    '`asOf` must be in the past; 2026-03-02T12:00:01.000Z is in the future.',
  )
})
