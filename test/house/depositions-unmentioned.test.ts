import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mentionBreaches } from './mention-rule.ts'
import { codeFiles, root, walk } from './tree.ts'

const sdl = walk()
  .files.filter((path) => /^subgraphs\/.*\.graphql$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

test('hooks, runs, features, data and everything else do not import or name depositions', () => {
  const files = [...codeFiles(), ...sdl]
  expect(files.length).toBeGreaterThan(200)
  expect(files.flatMap(mentionBreaches)).toEqual([])
})

test.each([
  ['domain/run/start-run.ts', "import type { Deposition } from '@strata/domain/deposition'"],
  ['domain/registry/hook.ts', '// deposits first'],
  ['domain/record/publish-records.ts', "if (origin.type === 'deposition') return"],
  ['domain/dataset/columns-of.ts', "where source ->> 'type' = 'DEPOSITION'"],
  ['infrastructure/runner/oci/start.ts', 'const isDeposit = true'],
  ['infrastructure/queue/deposition-queue.ts', ''],
  ['subgraphs/data/schema.graphql', 'type Row { deposition: ID }'],
  ['workers/validation/reconsider.ts', 'select * from deposition_file'],
  ['workers/events/records-published.ts', 'DepositionPublished: log'],
])('a breach in %s is found', (path, text) => {
  expect(mentionBreaches({ path, text })).toHaveLength(1)
})

test('the place for it, the role and other words are no breach', () => {
  expect(mentionBreaches({ path: 'domain/deposition/move.ts', text: 'deposition' })).toEqual([])
  expect(mentionBreaches({ path: 'domain/run/run.ts', text: "role: 'DEPOSITOR', position: 1" })).toEqual([])
})
