import { expect, test } from 'vitest'
import { cachingBreaches } from './caching-rule.ts'
import { codeFiles } from './tree.ts'

test('one place decides which caches may keep an answer', () => {
  expect(codeFiles().flatMap(cachingBreaches)).toEqual([])
})

test.each([
  "reply.header('cache-control', 'no-store')",
  'reply.headers({ "Cache-Control": "public" })',
  'reply.header(`cache-control`, x)',
])('%s is a breach', (line) => {
  expect(cachingBreaches({ path: 'subgraphs/data/a.ts', text: `\n${line}` })).toEqual([
    expect.stringMatching(/^subgraphs\/data\/a\.ts:2 says cache-control/),
  ])
  expect(cachingBreaches({ path: 'infrastructure/http/caching.ts', text: line })).toEqual([])
  expect(cachingBreaches({ path: 'test/a.ts', text: line })).toEqual([])
})
