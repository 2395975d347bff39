import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wordBreaches } from './word-rule.ts'
import { codeFiles, root, walk } from './tree.ts'

/** What people read besides code: docs, the descriptions in the API, and the comments of the database schema. */
const prose = walk()
  .files.filter((path) => /\.(md|graphql|prisma)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

test('code and docs say who or what is meant, in plain words', () => {
  expect(prose.length).toBeGreaterThan(40)
  expect([...codeFiles(), ...prose].flatMap(wordBreaches)).toEqual([])
})

test.each([
  '// Whoever asks is told.',
  "throw new Error('nobody waits')",
  '/** There is no one to ask: nobody. */',
  '// Stays until somebody asks.',
  '// It is computed anew.',
  '/** The live release unless told otherwise. */',
  'throw new Error(`${path} is no directory`)',
])('%s is a breach', (text) => {
  expect(wordBreaches({ path: 'domain/a.ts', text })).toHaveLength(1)
})

test.each([
  '// It runs as `nobody`.\nconst nobodyCanRead = true',
  '// There is no run.\n// It is no longer live.',
  "about: '0 is no limit.'",
  'const lesson = renewed',
])('%s is not a breach', (text) => {
  expect(wordBreaches({ path: 'infrastructure/a.ts', text })).toEqual([])
})

test('tests may use any word', () => {
  expect(wordBreaches({ path: 'test/a.test.ts', text: '// nobody' })).toEqual([])
})
