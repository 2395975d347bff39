import { expect, test } from 'vitest'
import { printVariables } from './print-variables.ts'

test('numbers beyond all numbers stay what they were, and everything around them too', () => {
  const value = { a: [1, Infinity, -Infinity, null, true, 'x"\ud800'], b: {}, c: [], d: { e: { f: '\u0000' } } }
  expect(JSON.parse(printVariables(value))).toEqual(value)
  expect(printVariables(JSON.parse('{"__proto__":1e400}'))).toBe('{"__proto__":1e999}')
})

test('nesting may be as deep as it likes', () => {
  const text = `{"a":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`
  expect(printVariables(JSON.parse(text))).toBe(text)
})

test('what is ordinary is printed as always', () => {
  const value = { input: { records: [{ sourceId: 'a', metadata: { x: 1.5 } }] }, after: null }
  expect(printVariables(value)).toBe(JSON.stringify(value))
})
