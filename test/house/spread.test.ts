import { expect, test } from 'vitest'
import { spreadBreaches } from './spread-rule.ts'
import { codeFiles } from './tree.ts'

test('no server code spreads a list of unbounded length into a call', () => {
  const files = codeFiles()
  expect(files.length).toBeGreaterThan(200)
  expect(files.flatMap(spreadBreaches)).toEqual([])
})

test.each([
  'found.push(...rows)',
  'if (limit > 0) rows.push(...(await read()))',
  'open.unshift(...parts)',
  'list.splice(0, 1, ...more)',
  'const most = Math.max(...sizes)',
  'const least = Math.min(0, ...sizes)',
  'String.fromCharCode(...codes)',
  'found.push.apply(found, rows)',
])('a breach is found: %s', (line) => {
  expect(spreadBreaches({ path: 'infrastructure/postgres/query/x.ts', text: line })).toHaveLength(1)
})

test('other spreads, and spreads in tests, are allowed', () => {
  const text =
    'const all = [...rows, ...more]\nfound.push({ ...row, made })\nMath.max(a, b)\nReflect.apply(plain, pool, given)\nresult.push([...rows])'
  expect(spreadBreaches({ path: 'domain/x.ts', text })).toEqual([])
  expect(spreadBreaches({ path: 'domain/x.test.ts', text: 'a.push(...b)' })).toEqual([])
})
