import { expect, test } from 'vitest'
import { testHookBreaches } from './test-hooks-rule.ts'
import { codeFiles } from './tree.ts'

test('a module that several test files import registers no hooks while it is imported', () => {
  expect(codeFiles().flatMap(testHookBreaches)).toEqual([])
})

test('a hook outside of any function is a breach, unless a test file registers it for itself', () => {
  const text = `import { afterEach } from 'vitest'\nafterEach(() => {})\n`
  expect(testHookBreaches({ path: 'test/support/a.ts', text })).toEqual([
    'test/support/a.ts:2 registers afterEach while it is imported: export a function that registers it, for each test file to call',
  ])
  expect(testHookBreaches({ path: 'test/a.test.ts', text })).toEqual([])
  expect(testHookBreaches({ path: 'test/support/a.ts', text: `export function useIt() { afterEach(() => {}) }` })).toEqual([])
})
