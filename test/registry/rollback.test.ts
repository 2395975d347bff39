import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, hookInput, moduleRelease, registryOn, type Registry } from './registry.ts'

const hook = 'find_pockets'
const second = () => deployInput({ hooks: [hookInput(2)] })

/** Release 2 was deployed and rolled back to 1. */
async function rolledBack(registry: Registry): Promise<void> {
  await registry.deploy(deployInput())
  await registry.deploy(second())
  await registry.setLive(hook, 1, 2, 'too few pockets')
}

async function liveVersion(registry: Registry): Promise<number | undefined> {
  const live = (await registry.queries.hooks([hook]))[0]?.live
  return live === undefined ? undefined : (await registry.queries.releases([live]))[0]?.version
}

test('a deploy undoes a rollback only with overrideRollback', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await rolledBack(registry)
  for (const title of ['Proteins', 'Renamed']) {
    await expect(registry.deploy({ ...second(), title })).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'input.hooks.0.release',
      message: expect.stringMatching(/rolled back from release 2 to 1.*overrideRollback: true/),
    })
  }
  expect(await liveVersion(registry)).toBe(1)
  const { changes, hooks } = await registry.deploy({ ...second(), dryRun: true })
  expect(hooks).toMatchObject([{ release: { version: 2 }, madeLive: false }])
  expect((await registry.deploy({ ...second(), dryRun: true, overrideRollback: true })).hooks).toMatchObject([{ madeLive: true }])
  expect(changes).toMatchObject([{ path: `hooks.${hook}.live`, summary: expect.stringMatching(/rolled back.*overrideRollback: true/) }])
  expect(await registry.deploy({ ...second(), overrideRollback: true })).toMatchObject({
    hooks: [{ release: { version: 2 }, madeLive: true }],
  })
  expect(await liveVersion(registry)).toBe(2)
  expect((await registry.deploy(second())).changes).toEqual([])
})

test('submitting the same artifact again does not undo a rollback, and a new release becomes live', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await rolledBack(registry)
  await expect(registry.release(hook, moduleRelease(2))).rejects.toMatchObject({ code: 'CONFLICT', field: 'input.release' })
  expect(await registry.release(hook, moduleRelease(2), false)).toMatchObject({ created: false, madeLive: false })
  expect(await registry.release(hook, moduleRelease(2), true, true)).toMatchObject({
    created: false,
    madeLive: true,
    release: { version: 2 },
  })
  await registry.setLive(hook, 1)
  expect(await registry.deploy(deployInput({ hooks: [hookInput(3)] }))).toMatchObject({
    hooks: [{ release: { version: 3 }, madeLive: true }],
  })
  // That was a move by a deploy: what was rolled back before it is only an earlier release now.
  expect(await registry.deploy(second())).toMatchObject({ hooks: [{ release: { version: 2 }, madeLive: true }] })
})

test('consecutive rollbacks hold back every release they moved away from, and a deploy of an earlier release is not a rollback', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  for (const n of [1, 2, 3]) await registry.deploy(deployInput({ hooks: [hookInput(n)] }))
  await registry.deploy(second())
  await registry.deploy(deployInput({ hooks: [hookInput(3)] }))
  await registry.setLive(hook, 2)
  await registry.setLive(hook, 1)
  for (const n of [2, 3]) await expect(registry.deploy(deployInput({ hooks: [hookInput(n)] }))).rejects.toMatchObject({ code: 'CONFLICT' })
  await registry.setLive(hook, 2)
  expect(await registry.deploy(deployInput({ hooks: [hookInput(3)] }))).toMatchObject({ hooks: [{ madeLive: true }] })
})

test('the migration marks rollbacks in an older log, which stays append-only', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await rolledBack(registry)
  await registry.deploy({ ...second(), overrideRollback: true })
  await registry.deploy(deployInput())
  await database.pool.query('alter table pointer_event drop column is_rollback')
  await database.pool.query(
    readFileSync(new URL('../../prisma/migrations/20261129120001_rollbacks/migration.sql', import.meta.url), 'utf8'),
  )
  const { rows } = await database.pool.query('select is_rollback from pointer_event order by position')
  expect(rows.map((row) => row['is_rollback'])).toEqual([false, false, true, false, false])
  await expect(database.pool.query('update pointer_event set is_rollback = false')).rejects.toThrow('immutable')
})

test('a staged release that is submitted again with promote becomes live, and one that was live before does not come back', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.release(hook, moduleRelease(2), false)
  await registry.release(hook, moduleRelease(3))
  expect(await registry.release(hook, moduleRelease(2))).toMatchObject({ created: false, madeLive: true, release: { version: 2 } })
  expect(await registry.release(hook, moduleRelease(2))).toMatchObject({ created: false, madeLive: false })
  expect(await registry.release(hook, moduleRelease(3))).toMatchObject({ created: false, madeLive: false })
  expect(await liveVersion(registry)).toBe(2)
})

test('fifty submissions of a staged release at once make it live once', async () => {
  await using database = await createTestDatabase({ poolSize: 25 })
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.release(hook, moduleRelease(2), false)
  const answers = await Promise.all(Array.from({ length: 50 }, () => registry.release(hook, moduleRelease(2))))
  expect(answers.filter(({ madeLive }) => madeLive)).toHaveLength(1)
  expect(new Set(answers.map(({ hook: { live }, release }) => live === release.id))).toEqual(new Set([true]))
})

test('a deploy with promote: false creates the releases without moving live', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const staged = await registry.deploy(deployInput({ promote: false }))
  expect(staged.hooks).toMatchObject([{ release: { version: 1 }, created: true, madeLive: false, live: undefined }])
  expect(staged.changes.map(({ path }) => path)).not.toContain(`hooks.${hook}.live`)
  expect(await liveVersion(registry)).toBeUndefined()
  expect((await registry.deploy(deployInput({ promote: false }))).changes).toEqual([])
  expect(await registry.deploy(deployInput())).toMatchObject({ hooks: [{ release: { version: 1 }, created: false, madeLive: true }] })
  const next = await registry.deploy({ ...second(), promote: false })
  expect(next.hooks).toMatchObject([{ release: { version: 2 }, created: true, madeLive: false }])
  expect(await liveVersion(registry)).toBe(1)
})
