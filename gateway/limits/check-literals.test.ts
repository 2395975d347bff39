import { BadUserInput } from '@strata/domain/shared'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { checkLiterals } from './check-literals.ts'

test.each([
  ['{ a(b: 1e400) }', 'b'],
  ['{ a(b: -1e400) }', 'b'],
  ['{ a(b: { c: [{ d: 1 }, { d: 1e309 }] }) }', 'b.c.1.d'],
  ['{ a(b: [1, [2, 1e400]]) }', 'b.1.1'],
  [`{ a(b: ${'9'.repeat(400)}) }`, 'b'],
  ['query ($n: Float = 1e400) { a(b: $n) }', 'n'],
  ['{ ...F } fragment F on Query { a { b(c: 1e400) } }', 'c'],
])('%s is refused, and the refusal names the field', (query, field) => {
  expect(() => checkLiterals(parse(query, { noLocation: true }))).toThrow(
    expect.objectContaining({ field, message: expect.stringContaining('exceeds the largest number') }),
  )
  expect(() => checkLiterals(parse(query))).toThrow(BadUserInput)
})

test('the largest representable numbers pass', () => {
  expect(() =>
    checkLiterals(parse('{ a(b: 1.7976931348623157e308, c: -0, d: 5e-324, e: "1e400", f: 99999999999999999999999) }')),
  ).not.toThrow()
})
