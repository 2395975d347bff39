import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureText, isFailureText, maxFailureText } from './failure-text.ts'

test('a short sentence stays as it is, including line breaks', () => {
  const text = 'The hook exited with 3; its last words: no atoms\n\tin 𝒜.pdb'
  expect(failureText(text)).toBe(text)
})

test('six megabytes are cut to 2,000 characters that say how much is missing', () => {
  const length = 6 * 2 ** 20
  const text = failureText('x'.repeat(length))
  expect(text).toHaveLength(maxFailureText)
  const kept = text.indexOf(' …')
  expect(text.slice(kept)).toBe(` … [cut; ${length - kept} more characters]`)
})

test('characters that Postgres refuses or a terminal acts on become symbols', () => {
  expect(failureText('a\0b\u001b[31mc\ud800d\u202ee\u007f\u009b')).toBe('a␀b␛[31mc\ufffdd\ufffde␡\ufffd')
})

test('any input gives a bounded, well-formed text without control characters, and a second pass does not change it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }), fc.integer({ min: 1, max: 80 }), (units, times) => {
      const text = failureText(String.fromCharCode(...units).repeat(times))
      expect(text.length).toBeLessThanOrEqual(maxFailureText)
      expect(text.isWellFormed()).toBe(true)
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
      expect(failureText(text)).toBe(text)
      expect(isFailureText(text)).toBe(true)
    }),
    { numRuns: 40 },
  )
})
