import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, hookInput, moduleRelease, registryOn } from './registry.ts'

test('each change of the registry is in the audit log, and no change that was refused or only tried', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.deploy(deployInput({ hooks: [hookInput(2)], dryRun: true }))
  await registry.release('find_pockets', moduleRelease(2))
  await registry.setLive('find_pockets', 1)
  await expect(registry.setLive('find_pockets', 9)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await registry.setState('find_pockets', 2, 'YANKED')
  await registry.remove('proteins')

  const { rows } = await database.pool.query('select operation, actor, targets from audit_event order by position')
  const by = (operation: string, target: string) => ({ operation, actor: 'user:author', targets: [target] })
  expect(rows).toEqual([
    by('deploy', 'convention:proteins'),
    by('createRelease', 'hook:find_pockets'),
    by('setLive', 'hook:find_pockets'),
    by('setReleaseState', 'hook:find_pockets'),
    by('removeConvention', 'convention:proteins'),
  ])
})
