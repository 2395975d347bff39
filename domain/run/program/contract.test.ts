import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseHookName } from '@strata/domain/shared'
import { programContracts, programEnvironment } from './contract.ts'
import { folderOf } from './ingester-contract.ts'

const at = { input: '/osa/in', files: '/osa/files', output: '/osa/out' }
const name = parseHookName('any_name')

test('a hook is told its name, and an ingester what it may pull', () => {
  const directories = { OSA_IN: '/osa/in', OSA_OUT: '/osa/out', OSA_FILES: '/osa/files' }
  expect(programEnvironment({ kind: 'hook', name }, at)).toEqual({ ...directories, OSA_HOOK_NAME: 'any_name' })
  expect(programEnvironment({ kind: 'ingester', name }, at)).toEqual(directories)
  const since = new Date('2026-02-03T04:05:06.007Z')
  expect(programEnvironment({ kind: 'ingester', name, limit: 100, since }, at)).toEqual({
    ...directories,
    OSA_LIMIT: '100',
    OSA_SINCE: '2026-02-03T04:05:06.007Z',
  })
})

test('no program has a network, and only an ingester may write files of records', () => {
  expect(Object.values(programContracts).map(({ network }) => network)).toEqual(['none', 'none'])
  expect(programContracts.hook.writable).toEqual(['output'])
  expect(programContracts.ingester.writable).toEqual(['output', 'files'])
})

test.each([
  ['4HHB', '4HHB'],
  ['oai:arXiv.org:hep-th/9901001', 'oai:arXiv.org:hep-th%2F9901001'],
  ['100%', '100%25'],
  ['a\\b', 'a%5Cb'],
  ['.', '%2E'],
  ['..', '%2E%2E'],
  ['...', '...'],
  ['é'.repeat(127), 'é'.repeat(127)],
  ['é'.repeat(128), undefined],
])('the folder of %j is %j', (id, folder) => {
  expect(folderOf(id)).toBe(folder)
})

test('every folder is one plain name below the directory of files, and no two source ids share one', () => {
  const id = fc.string({ unit: fc.constantFrom('a', '/', '\\', '%', '.', '2', 'F', 'E', 'é'), minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(id, id, (one, other) => {
      const folder = folderOf(one)
      expect(folder).not.toMatch(/^\.{0,2}$|[/\\]/)
      expect(folder === folderOf(other)).toBe(one === other)
    }),
    { numRuns: 2_000 },
  )
})
