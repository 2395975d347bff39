import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareWaiting, longFiles } from './longest-first.ts'

const root = join(import.meta.dirname, '../..')

test('every file that is listed as long exists', () => {
  expect(Object.keys(longFiles).filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('files with a process of their own come first, then the longest; the order of all others is kept', () => {
  const [longest = '', long = ''] = Object.entries(longFiles)
    .toSorted(([, a], [, b]) => b - a)
    .map(([path]) => path)
  const sorted = ['b.test.ts', long, 'a.test.ts', longest, 'own.test.ts']
    .map((path) => ({ path, hasOwnProcess: path === 'own.test.ts' }))
    .toSorted(compareWaiting)
  expect(sorted.map(({ path }) => path)).toEqual(['own.test.ts', longest, long, 'b.test.ts', 'a.test.ts'])
})
