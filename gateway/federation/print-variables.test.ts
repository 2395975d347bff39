import { expect, test } from 'vitest'
import { printVariables } from './print-variables.ts'

test('numbers beyond the range of a double are printed unchanged', () => {
  const value = { a: [1, Infinity, -Infinity, null, true, 'x"\ud800'], b: {}, c: [], d: { e: { f: '\u0000' } } }
  expect(JSON.parse(printVariables(value))).toEqual(value)
  expect(printVariables(JSON.parse('{"__proto__":1e400}'))).toBe('{"__proto__":1e999}')
})

test('nesting may have any depth', () => {
  const text = `{"a":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`
  expect(printVariables(JSON.parse(text))).toBe(text)
})

test('ordinary values are printed as by JSON.stringify', () => {
  const value = { input: { records: [{ sourceId: 'a', metadata: { x: 1.5 } }] }, after: null }
  expect(printVariables(value)).toBe(JSON.stringify(value))
})
