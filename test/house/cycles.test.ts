import { expect, test } from 'vitest'
import { importCycles } from './cycle-rule.ts'
import { codeFiles } from './tree.ts'

test('no files import each other, not for types either', () => {
  expect(importCycles(codeFiles())).toEqual([])
})

test('a cycle is found, also one of types or over several files', () => {
  const files = [
    { path: 'domain/a.ts', text: "import type { B } from './b/b.ts'" },
    { path: 'domain/b/b.ts', text: "import { c } from '../c.ts'" },
    { path: 'domain/c.ts', text: "export * from './a.ts'" },
    { path: 'domain/d.ts', text: "import { a } from './a.ts'" },
  ]
  expect(importCycles(files)).toEqual([['domain/a.ts', 'domain/b/b.ts', 'domain/c.ts']])
})
