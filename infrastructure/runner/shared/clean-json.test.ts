import { expect, test } from 'vitest'
import { cleanJson } from './clean-json.ts'

test.each(['{"a":1,"b":[{"a":"x:y"},{"a":"\\":\\\\"}]}', '[]', '"a:b"', '-1.5e3', 'null', '{"":{"":0}}'])('%s is clean', (text) => {
  expect(cleanJson(text, 64)).toEqual(JSON.parse(text))
})

test.each([
  ['a key twice', '{"a":1,"a":2}'],
  ['a key twice, far down', '[{"a":{"b":1,"c":{},"b":2}}]'],
  ['a prototype', '{"a":{"__proto__":1}}'],
  ['a constructor', '{"constructor":{}}'],
  ['an infinite number', '[1e999]'],
  ['a number too large to be kept exactly', '{"a":9007199254740993}'],
  ['an escape', '"\\u0000"'],
  ['too much depth', '['.repeat(65) + ']'.repeat(65)],
  ['no JSON', '{"a":NaN}'],
])('%s must be looked at closely', (_, text) => {
  expect(cleanJson(text, 64)).toBeUndefined()
})
