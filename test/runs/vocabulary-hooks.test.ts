import { expect, test } from 'vitest'
import { depositsIn } from './deposits.ts'
import { hookInput, manifestWithHooks } from './manifest.ts'
import { openRuns } from './open-runs.ts'

test('a hook for a vocabulary is deployed, says that it does not run yet, and holds up neither records nor its siblings', async () => {
  await using archive = await openRuns(undefined, [])
  const fields = [
    { name: 'n', type: 'INTEGER' as const, required: true, cardinality: 'ONE' as const },
    { name: 'word', type: 'TEXT' as const, required: false, cardinality: 'ONE' as const },
  ]
  const feature = { vocabulary: { vocabulary: 'words', field: 'word' } }
  const { hooks, ...rest } = manifestWithHooks([hookInput({ name: 'classify' }), hookInput({ name: 'doubled' })])
  const deployed = await archive.deploy([], {
    ...rest,
    schema: { id: 'number', version: '1.1.0', fields },
    hooks: hooks.map((hook) => (hook.name === 'classify' ? { ...hook, feature } : hook)),
  })
  expect(deployed.changes).toContainEqual(expect.objectContaining({ path: 'hooks.classify', summary: expect.stringContaining('does not run yet') }))

  const deposits = depositsIn(archive)
  await archive.work()
  await archive.publish(2)
  await deposits.until(await deposits.submitted(9), 'PUBLISHED')
  const runs = await archive.ended(2)
  expect(runs.map(({ hook, status }) => [hook, status])).toEqual([['doubled', 'PASSED'], ['doubled', 'PASSED']])
})
