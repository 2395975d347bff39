import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeFiles, root } from '../house/tree.ts'
import { faults } from './catalogue.ts'

const listed = new Set(faults.flatMap(({ files }) => files))

test('every test of a fault is in the catalogue', () => {
  const caused = codeFiles()
    .map(({ path }) => path)
    .filter((path) => /^test\/faults\/(?!catalogue).*\.test\.ts$/.test(path))
  expect(caused.length).toBeGreaterThan(10)
  expect(caused.filter((path) => !listed.has(path))).toEqual([])
})

test('every file in the catalogue exists', () => {
  expect([...listed].filter((path) => !existsSync(join(root, path)))).toEqual([])
})
