import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, hookInput, moduleRelease, registryOn } from './registry.ts'

const hook = 'find_pockets'
const under = (sourceRef: string) => ({ ...moduleRelease(1), sourceRef })

test('another source ref of the same artifact is reported, planned, stored once and found again', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const first = await registry.deploy(deployInput())
  expect(first.hooks).toMatchObject([{ sourceRefAdded: false }])
  expect(await registry.release(hook, under('git:example@b'))).toMatchObject({ created: false, sourceRefAdded: true })
  expect(await registry.release(hook, under('git:example@b'))).toMatchObject({ created: false, sourceRefAdded: false })
  const manifest = deployInput({ hooks: [hookInput(1, { release: under('git:example@a') })] })
  const told = [{ path: `hooks.${hook}.release.sourceRef`, kind: 'UPDATED', summary: expect.stringContaining('"git:example@a"') }]
  expect(await registry.deploy({ ...manifest, dryRun: true })).toMatchObject({ changes: told, hooks: [{ sourceRefAdded: true }] })
  expect(await registry.deploy(manifest)).toMatchObject({ changes: told, hooks: [{ sourceRefAdded: true, created: false }] })
  expect(await registry.deploy(manifest)).toMatchObject({ changes: [], hooks: [{ sourceRefAdded: false }] })
  expect((await registry.deploy(deployInput())).changes).toEqual([])

  const id = first.hooks[0]?.release.id ?? ''
  expect(await registry.queries.sourceRefs([id])).toEqual([['git:example@1', 'git:example@b', 'git:example@a']])
  const radii = postgres.blastRadii(database)
  for (const ref of ['git:example@1', 'git:example@a', 'git:example@b']) expect(await radii.releasesOfSourceRef(ref), ref).toEqual([id])
  expect(await radii.releasesOfSourceRef('git:example@c')).toEqual([])
  for (const change of [`update hook_release_source_ref set source_ref = 'x'`, 'delete from hook_release_source_ref']) {
    await expect(database.pool.query(change)).rejects.toThrow('immutable')
  }
})

test('fifty submissions at once with another source ref store it once, and one answer has sourceRefAdded: true', async () => {
  await using database = await createTestDatabase({ poolSize: 25 })
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const answers = await Promise.all(Array.from({ length: 50 }, () => registry.release(hook, under('git:example@b'))))
  expect(answers.filter(({ sourceRefAdded }) => sourceRefAdded)).toHaveLength(1)
})
