import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, moduleRelease, registryOn } from './registry.ts'

const hook = 'find_pockets'

test('fifty identical submissions at once create one release, and one answer has created: true', async () => {
  await using database = await createTestDatabase({ poolSize: 25 })
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const answers = await Promise.all(Array.from({ length: 50 }, () => registry.release(hook, moduleRelease(2))))
  expect(answers.filter(({ created }) => created)).toHaveLength(1)
  expect(answers.filter(({ madeLive }) => madeLive)).toHaveLength(1)
  expect(new Set(answers.map(({ release }) => release.version))).toEqual(new Set([2]))
})

test('fifty different submissions at once make fifty releases without a gap', async () => {
  await using database = await createTestDatabase({ poolSize: 25 })
  const registry = registryOn(database)
  await registry.deploy(deployInput({ hooks: [] }))
  await database.pool.query(`insert into hook (name, feature) values ($1, '{"kind":"table","cardinality":"MANY","columns":[]}')`, [hook])
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => registry.release(hook, moduleRelease(n))))
  expect(answers.every(({ created }) => created)).toBe(true)
  expect(answers.map(({ release }) => release.version).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
})

test('the same code with another config or other limits is another release; another spelling of the limits is not', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const { runtime, sourceRef } = moduleRelease(1)
  const withParts = (parts: object) => registry.release(hook, { sourceRef, runtime: { module: { ...runtime.module, ...parts } } })
  expect(await withParts({})).toMatchObject({ created: false, madeLive: false, release: { version: 1 } })
  expect(await withParts({ config: { depth: 3 } })).toMatchObject({ created: true, release: { version: 2 } })
  const limits = { timeoutSeconds: 300, memory: '1Gi', cpu: '0.5' }
  expect(await withParts({ limits })).toMatchObject({ created: true, release: { version: 3 } })
  expect(await withParts({ limits: { ...limits, memory: '1024Mi', cpu: '500m' } })).toMatchObject({
    created: false,
    release: { version: 3 },
  })
  expect(await withParts({ config: { depth: 3 } })).toMatchObject({ created: false, madeLive: false, release: { version: 2 } })
})

test('a staged release exists but is not live until setLive', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  expect(await registry.release(hook, moduleRelease(2), false)).toMatchObject({ created: true, madeLive: false })
  expect((await registry.setLive(hook, 2, 1)).previous).toMatchObject({ version: 1 })
})

test('if two callers move the pointer from the same release, the second gets an error', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.release(hook, moduleRelease(2), false)
  await registry.release(hook, moduleRelease(3), false)
  const answers = await Promise.allSettled([registry.setLive(hook, 2, 1), registry.setLive(hook, 3, 1)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const refused = answers.find((answer) => answer.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: 'STALE_LIVE_POINTER', field: 'input.expectedVersion' })
})

test('a rollback keeps the history, and moving to the live release adds no event', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.release(hook, moduleRelease(2))
  const { event } = await registry.setLive(hook, 1, 2, 'scores were off by a factor')
  expect(event).toMatchObject({ position: 3, actor: 'user:author', reason: 'scores were off by a factor' })
  expect((await registry.setLive(hook, 1)).event).toBeUndefined()
  expect(await registry.queries.pointerCounts([hook as never])).toEqual([3])
  await expect(database.pool.query('delete from pointer_event')).rejects.toThrow('immutable')
  await expect(database.pool.query(`update hook_release set source_ref = 'x'`)).rejects.toThrow('immutable')
})

test('a yanked release is never live again, and the live one cannot be yanked', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.release(hook, moduleRelease(2))
  await expect(registry.setState(hook, 2, 'YANKED')).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('is live'),
  })
  await registry.setState(hook, 1, 'YANKED', 'wrong units')
  await expect(registry.setLive(hook, 1)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('wrong units') })
  await expect(registry.setState(hook, 1, 'ACTIVE')).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(registry.deploy(deployInput())).rejects.toMatchObject({ code: 'CONFLICT', field: 'input.hooks.0' })
  const behindOurBack = `update hook set live_release_id = (select id from hook_release where version = 1) where name = $1`
  await expect(database.pool.query(behindOurBack, [hook])).rejects.toThrow('yanked')
})

test('a deprecated release is made live only after it is active again', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.release(hook, moduleRelease(2))
  expect(await registry.setState(hook, 1, 'DEPRECATED', 'slow')).toMatchObject({ state: 'DEPRECATED', stateReason: 'slow' })
  await expect(registry.setLive(hook, 1)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('slow') })
  await registry.setState(hook, 1, 'ACTIVE', 'fast enough')
  await registry.setLive(hook, 1)
})

test('errors name unknown hooks and releases', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await expect(registry.setLive('other', 1)).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'input.hook' })
  await expect(registry.setLive(hook, 7)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    field: 'input.version',
    message: expect.stringContaining('1 to 1'),
  })
  await expect(registry.setState(hook, 1, 'DEPRECATED', '  ')).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.reason' })
})

test('a pointer cannot point at a release of another hook, even by hand', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await database.pool.query(`insert into hook (name, feature) values ('other', '{}')`)
  const crosswise = `update hook set live_release_id = (select id from hook_release limit 1) where name = 'other'`
  await expect(database.pool.query(crosswise)).rejects.toThrow(/hook_live_release/)
})

test('a release of a vocabulary hook from an earlier version is refused, like its deploy', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await database.pool.query(
    `insert into hook (name, feature) values ('classify', '{"kind":"vocabulary","vocabulary":"words","field":"word"}')`,
  )
  await expect(registry.release('classify', moduleRelease(1))).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.hook',
    message: expect.stringContaining('"classify" would never run: there is no vocabulary "words"'),
  })
})
