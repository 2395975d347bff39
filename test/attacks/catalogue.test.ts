import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeFiles, root } from '../house/tree.ts'
import { attacks } from './catalogue.ts'

const listed = new Set(attacks.flatMap(({ files }) => files))

test('every attack test is in the catalogue', () => {
  const hostile = codeFiles()
    .map(({ path }) => path)
    .filter((path) => /^test\/attacks\/(?!catalogue).*\.test\.ts$|\/hostile-[a-z-]+\.test\.ts$/.test(path))
  expect(hostile.length).toBeGreaterThan(15)
  expect(hostile.filter((path) => !listed.has(path))).toEqual([])
})

test('every file in the catalogue exists', () => {
  expect([...listed].filter((path) => !existsSync(join(root, path)))).toEqual([])
})
