import { expect, test } from 'vitest'
import { hookTreeBreaches } from './hook-tree-rule.ts'
import { codeFiles } from './tree.ts'

test('only two modules walk and remove what a hook wrote', () => {
  expect(codeFiles().flatMap(hookTreeBreaches)).toEqual([])
})

test.each([
  ['infrastructure/runner/oci/a.ts', `import { open, readdir } from 'node:fs/promises'`],
  ['infrastructure/runner/k8s/a.ts', `import { rmSync } from 'node:fs'`],
  ['infrastructure/runner/module/a.ts', `import {\n  open,\n  readdir,\n} from 'node:fs/promises'`],
  ['infrastructure/runner/module/b.ts', `import * as fs from 'node:fs'`],
  ['workers/runs/a.ts', `import { opendir as list } from 'node:fs/promises'`],
])('a breach is found in %s', (path, text) => {
  expect(hookTreeBreaches({ path, text })).toHaveLength(1)
})

test('other places and other calls are allowed', () => {
  expect(hookTreeBreaches({ path: 'infrastructure/storage/a.ts', text: `import { readdir } from 'node:fs/promises'` })).toEqual([])
  expect(hookTreeBreaches({ path: 'workers/runs/a.ts', text: `import { open } from 'node:fs/promises'` })).toEqual([])
})
