import { expect, test } from 'vitest'
import { wordBreaches } from './word-rule.ts'
import { codeFiles } from './tree.ts'

test('code says who or what is meant', () => {
  expect(codeFiles().flatMap(wordBreaches)).toEqual([])
})

test.each(['// Whoever asks is told.', "throw new Error('nobody waits')", '/** There is no one to ask: nobody. */'])(
  '%s is a breach',
  (text) => {
    expect(wordBreaches({ path: 'domain/a.ts', text })).toHaveLength(1)
  },
)

test('the user `nobody`, tests and longer words are none', () => {
  expect(wordBreaches({ path: 'infrastructure/a.ts', text: '// It runs as `nobody`.\nconst nobodyCanRead = true' })).toEqual([])
  expect(wordBreaches({ path: 'test/a.test.ts', text: '// nobody' })).toEqual([])
})
