import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const release = (n: number) => ({
  runtime: { module: { source: `export default () => [{ score: ${n} }]` } },
  sourceRef: `git:example@${n}`,
})
const hooks = [
  { name: 'find_pockets', feature: { table: { columns: [{ name: 'score', type: 'NUMBER', unit: 'kcal/mol' }] } }, release: release(1) },
]

const deploy = `mutation ($input: DeployInput!) { deploy(input: $input) {
  created hooks { created madeLive hook { name } release { version isLive } } changes { path } } }`
const createRelease = `mutation ($input: CreateReleaseInput!) { createRelease(input: $input) {
  created madeLive release { version isLive sourceRef builtBy } hook { live { version } } } }`
const setLive = `mutation ($input: SetLiveInput!) { setLive(input: $input) {
  hook { live { version } } previous { version isLive } event { from { version } to { version } actor reason } } }`

describe.each(topologies)('the registry of an archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology)))
  afterAll(() => archive[Symbol.asyncDispose]())

  test('one call deploys a convention with its hook', async () => {
    const { data, errors } = await archive.ask(deploy, { input: manifest({ hooks }) })
    expect(errors).toEqual([])
    expect(data.deploy.hooks).toEqual([
      { created: true, madeLive: true, hook: { name: 'find_pockets' }, release: { version: 1, isLive: true } },
    ])
    expect((await archive.ask(deploy, { input: manifest({ hooks }) })).data.deploy).toMatchObject({ created: false, changes: [] })
  })

  test('a machine with the scope makes a release and rolls it back, and the log names it', async () => {
    const machine = await archive.as({ subject: 'ci', scopes: ['hooks:write'] })
    const made = await machine(createRelease, { input: { hook: 'find_pockets', release: release(2) } })
    expect(made.data.createRelease).toEqual({
      created: true,
      madeLive: true,
      release: { version: 2, isLive: true, sourceRef: 'git:example@2', builtBy: 'user:ci' },
      hook: { live: { version: 2 } },
    })
    const back = await machine(setLive, { input: { hook: 'find_pockets', version: 1, expectedVersion: 2, reason: 'too few pockets' } })
    expect(back.data.setLive).toEqual({
      hook: { live: { version: 1 } },
      previous: { version: 2, isLive: false },
      event: { from: { version: 2 }, to: { version: 1 }, actor: 'user:ci', reason: 'too few pockets' },
    })
    const stale = await machine(setLive, { input: { hook: 'find_pockets', version: 2, expectedVersion: 2 } })
    expect(stale.errors[0]?.extensions).toMatchObject({ code: 'STALE_LIVE_POINTER', field: 'input.expectedVersion' })
    expect((await machine(deploy, { input: manifest({ hooks }) })).errors[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('the answers to two moves in one request each show the state after that move', async () => {
    const { data, errors } = await archive.ask(`mutation {
      first: setLive(input: { hook: "find_pockets", version: 2 }) { hook { live { version } releases { nodes { version isLive } } } }
      second: setLive(input: { hook: "find_pockets", version: 1 }) { hook { live { version } releases { nodes { version isLive } } } }
    }`)
    expect(errors).toEqual([])
    expect(data.first.hook).toEqual({
      live: { version: 2 },
      releases: {
        nodes: [
          { version: 2, isLive: true },
          { version: 1, isLive: false },
        ],
      },
    })
    expect(data.second.hook).toEqual({
      live: { version: 1 },
      releases: {
        nodes: [
          { version: 2, isLive: false },
          { version: 1, isLive: true },
        ],
      },
    })
  })

  test('a hook is read whole: contract, releases, pointer log, conventions', async () => {
    const { data, errors } = await archive.ask(`{ hook(name: "find_pockets") {
      feature { kind ... on TableFeature { cardinality columns { name type required unit } } }
      live { version state runCount recordCount rowCount runtime { type digest config limits { timeoutSeconds memory cpu } } }
      release(version: 2) { version state hook { name } }
      releases(first: 1) { totalCount pageInfo { hasNextPage } nodes { version } }
      pointerLog { totalCount nodes { from { version } to { version } } }
      conventions { slug hooks { name } } } }`)
    expect(errors).toEqual([])
    expect(data.hook).toEqual({
      feature: { kind: 'table', cardinality: 'MANY', columns: [{ name: 'score', type: 'NUMBER', required: true, unit: 'kcal/mol' }] },
      live: {
        version: 1,
        state: 'ACTIVE',
        runCount: 0,
        recordCount: 0,
        rowCount: 0,
        runtime: {
          type: 'module',
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          config: {},
          limits: { timeoutSeconds: 300, memory: '512Mi', cpu: '0.5' },
        },
      },
      release: { version: 2, state: 'ACTIVE', hook: { name: 'find_pockets' } },
      releases: { totalCount: 2, pageInfo: { hasNextPage: true }, nodes: [{ version: 2 }] },
      pointerLog: { totalCount: 5, nodes: expect.arrayContaining([{ from: null, to: { version: 1 } }]) },
      conventions: [{ slug: 'proteins', hooks: [{ name: 'find_pockets' }] }],
    })
  })

  test('a yanked release says why and is never live again', async () => {
    const yank = `mutation { setReleaseState(input: { hook: "find_pockets", version: 2, state: YANKED, reason: "wrong units" }) {
      release { version state stateReason } } }`
    expect((await archive.ask(yank)).data.setReleaseState.release).toEqual({ version: 2, state: 'YANKED', stateReason: 'wrong units' })
    const { errors } = await archive.ask(setLive, { input: { hook: 'find_pockets', version: 2 } })
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('wrong units'),
      extensions: { code: 'CONFLICT', field: 'input.version' },
    })
  })

  test('a runtime is exactly one, and an image needs a digest', async () => {
    const withRuntime = (runtime: object) =>
      archive.ask(createRelease, { input: { hook: 'find_pockets', release: { runtime, sourceRef: 'git:x' } } })
    const both = await withRuntime({ oci: { image: 'a', digest: `sha256:${'0'.repeat(64)}` }, module: { source: 'x' } })
    expect(both.errors[0]).toMatchObject({
      message: expect.stringContaining('oci and module are given'),
      extensions: { code: 'BAD_USER_INPUT', field: 'input.release.runtime' },
    })
    const tag = await withRuntime({ oci: { image: 'lab/pockets:latest' } })
    expect(tag).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    const bad = await withRuntime({ oci: { image: 'lab/pockets:latest', digest: 'latest' } })
    expect(bad.errors[0]?.message).toContain('sha256:')
  })

  test.each([
    ['does not parse', 'export default () => {\n  return [\n}', 'line 3'],
    ['imports what a hook may not', "export default () => []\nimport 'node:fs'", '"node:fs" (line 2)'],
    ['imports a package', "import { x } from 'left-pad'\nexport default () => [x]", 'Bundle what you need'],
    ['has no default export', 'export const hook = () => []', 'no default export'],
  ])('a module that %s is refused before anything is changed, with its place', async (_, source, says) => {
    const broken = { runtime: { module: { source } }, sourceRef: 'git:x' }
    const deployed = await archive.ask(deploy, { input: manifest({ hooks: [...hooks, { ...hooks[0], name: 'broken', release: broken }] }) })
    expect(deployed.errors[0]).toMatchObject({
      message: expect.stringContaining(says),
      extensions: { code: 'BAD_USER_INPUT', field: 'input.hooks.1.release.runtime.module.source' },
    })
    const released = await archive.ask(createRelease, { input: { hook: 'find_pockets', release: broken } })
    expect(released.errors[0]).toMatchObject({
      message: expect.stringContaining(says),
      extensions: { code: 'BAD_USER_INPUT', field: 'input.release.runtime.module.source' },
    })
    expect((await archive.ask('{ hook(name: "broken") { name } }')).data.hook).toBeNull()
  })

  test('a contract that would change is refused in words', async () => {
    const feature = { table: { columns: [{ name: 'score', type: 'TEXT' }] } }
    const { errors } = await archive.ask(deploy, { input: manifest({ hooks: [{ ...hooks[0], feature }] }) })
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('column "score" was NUMBER and is TEXT'),
      extensions: { code: 'CONTRACT_MISMATCH', field: 'input.hooks.0.feature' },
    })
  })

  test('a vocabulary hook and a TERM field are refused until there are vocabularies', async () => {
    const feature = { vocabulary: { vocabulary: 'folds', field: 'pdb_id' } }
    const hook = await archive.ask(deploy, { input: manifest({ slug: 'folds', hooks: [{ ...hooks[0], name: 'classify', feature }] }) })
    expect(hook.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.hooks.0.feature.vocabulary' })
    const schema = { id: 'fold', version: '1.0.0', fields: [{ name: 'fold', type: 'TERM', constraints: { vocabulary: 'folds' } }] }
    const term = await archive.ask(deploy, { input: manifest({ slug: 'folds', schema }) })
    expect(term.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.schema.fields.0.type' })
  })

  test('with fifty releases and twenty deploys at once, each answer shows the state after its own move', async () => {
    const own = (n: number) => ({ ...hooks[0], name: 'crowded', release: release(n) })
    await archive.ask(deploy, { input: manifest({ slug: 'crowd', hooks: [own(1)] }) })
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, i) => archive.ask(createRelease, { input: { hook: 'crowded', release: release(i + 2) } })),
    )
    for (const { data, errors } of made) {
      expect(errors).toEqual([])
      const {
        madeLive,
        release: { version, isLive },
        hook,
      } = data.createRelease
      expect({ madeLive, isLive, live: hook.live.version }).toEqual({ madeLive: true, isLive: true, live: version })
    }
    const whole = `mutation ($input: DeployInput!) { deploy(input: $input) { hooks { madeLive release { version isLive } hook { live { version isLive } } } } }`
    const deployed = await Promise.all(
      Array.from({ length: 20 }, (_, i) => archive.ask(whole, { input: manifest({ slug: 'crowd', hooks: [own(i + 100)] }) })),
    )
    for (const { data, errors } of deployed) {
      expect(errors).toEqual([])
      const [
        {
          madeLive,
          release: { version, isLive },
          hook,
        },
      ] = data.deploy.hooks
      expect({ madeLive, isLive, live: hook.live }).toEqual({ madeLive: true, isLive: true, live: { version, isLive: true } })
    }
  })

  test('a rollback is undone only with overrideRollback, and the dry run names it', async () => {
    const own = (n: number, more: object = {}) => ({
      input: manifest({ slug: 'careful', hooks: [{ ...hooks[0], name: 'careful', release: release(n) }], ...more }),
    })
    await archive.ask(deploy, own(1))
    await archive.ask(deploy, own(2))
    await archive.ask(setLive, { input: { hook: 'careful', version: 1 } })
    const refused = await archive.ask(deploy, own(2))
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', field: 'input.hooks.0.release' })
    const plan = await archive.ask(
      'mutation ($input: DeployInput!) { deploy(input: $input) { changes { summary } } }',
      own(2, { dryRun: true }),
    )
    expect(plan.data.deploy.changes).toMatchObject([{ summary: expect.stringContaining('overrideRollback: true') }])
    const again = { hook: 'careful', release: release(2) }
    expect((await archive.ask(createRelease, { input: again })).errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      field: 'input.release',
    })
    const meant = await archive.ask(createRelease, { input: { ...again, overrideRollback: true } })
    expect(meant.data.createRelease).toMatchObject({ created: false, madeLive: true, release: { version: 2, isLive: true } })
    const staged = await archive.ask(deploy, own(3, { promote: false }))
    expect(staged.data.deploy.hooks).toMatchObject([{ created: true, madeLive: false, release: { version: 3, isLive: false } }])
  })

  test('another source ref of the same artifact is reported, stored and found again; a moving one is refused', async () => {
    const own = { ...hooks[0], name: 'referred', release: release(1) }
    await archive.ask(deploy, { input: manifest({ slug: 'referred', hooks: [own] }) })
    const added = await archive.ask(
      `mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { created sourceRefAdded release { id sourceRef sourceRefs } } }`,
      { input: { hook: 'referred', release: { ...release(1), sourceRef: 'git:referred@1' } } },
    )
    expect(added.data.createRelease).toMatchObject({
      created: false,
      sourceRefAdded: true,
      release: { sourceRef: 'git:example@1', sourceRefs: ['git:example@1', 'git:referred@1'] },
    })
    const { data, errors } = await archive.ask('{ blastRadius(of: { sourceRef: "git:referred@1" }) { releases { id } } }')
    expect(errors).toEqual([])
    expect(data.blastRadius.releases).toEqual([{ id: added.data.createRelease.release.id }])
    const again = { input: manifest({ slug: 'referred', hooks: [{ ...own, release: { ...release(1), sourceRef: 'git:referred@2' } }] }) }
    const deployed = await archive.ask(
      'mutation ($input: DeployInput!) { deploy(input: $input) { hooks { sourceRefAdded } changes { path } } }',
      again,
    )
    expect(deployed.data.deploy).toEqual({ hooks: [{ sourceRefAdded: true }], changes: [{ path: 'hooks.referred.release.sourceRef' }] })
    const floating = await archive.ask(createRelease, {
      input: { hook: 'referred', release: { ...release(2), sourceRef: 'git:https://example.org/hooks@Main' } },
    })
    expect(floating.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.release.sourceRef' })
  })

  test('only an administrator removes a convention, and the audit log names it', async () => {
    await archive.ask(deploy, { input: manifest({ slug: 'tried-out', hooks: [] }) })
    const remove = 'mutation { removeConvention(slug: "tried-out") }'
    const machine = await archive.as({ subject: 'ci', scopes: ['conventions:write'] })
    expect((await machine(remove)).errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await archive.ask(remove)).data.removeConvention).toBe(true)
    expect((await archive.ask('{ convention(slug: "tried-out") { slug } }')).data.convention).toBeNull()
    const { data } = await archive.ask('{ auditLog(operation: "removeConvention") { nodes { targets } } }')
    expect(data.auditLog.nodes).toEqual([{ targets: ['convention:tried-out'] }])
  })
})
