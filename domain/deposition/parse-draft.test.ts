import { BadUserInput, type Json } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import { parseDraft } from './parse-draft.ts'

test('a draft may be empty, incomplete and wrong', () => {
  for (const metadata of [{}, { resolution: 'high' }, { nope: [{ a: null }, [1, true]] }]) {
    expect(parseDraft(metadata, 'metadata')).toBe(metadata)
  }
})

test.each<[string, Json]>([
  ['a list', []],
  ['a NUL character', { a: ['x\0'] }],
  ['a name with a NUL character', { a: { 'x\0': 1 } }],
  ['half a character', { a: '\udc00' }],
  ['a number that is none in JSON', { a: [Number.POSITIVE_INFINITY] }],
  ['not a number', { a: Number.NaN }],
  ['a name that copies lose', JSON.parse('{"__proto__": 1}')],
  ['endless nesting', nested(100_000)],
])('%s could not be kept as it was given', (_, metadata) => {
  expect(() => parseDraft(metadata, 'metadata')).toThrow(BadUserInput)
})

function nested(depth: number): Json {
  let value: Json = 1
  for (let i = 0; i < depth; i++) value = { value }
  return value
}
