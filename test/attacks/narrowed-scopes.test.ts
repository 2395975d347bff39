import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphqlClient } from '../support/graphql-client.ts'
import { openArchive, topologies, type Ask, type TestArchive } from '../support/index.ts'
import { machineKey, machineSettings } from '../support/machine-issuer.ts'

// What a token whose scopes are narrowed to one convention and one hook can do to other conventions and hooks.

const deploying = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const narrowed = ['conventions:write:mine', 'hooks:write:my_hook', 'records:write:mine']
const trusted = await machineKey('2026-a')

describe.each(topologies)('a narrowed token in %s', (topology) => {
  let archive: TestArchive
  let machine: Ask
  beforeAll(async () => {
    archive = await openArchive(topology, machineSettings(trusted))
    machine = graphqlClient(archive.url, await trusted.sign({ scope: narrowed.join(' ') }))
    expect(await deploy(archive.ask, { slug: 'theirs', schema: schema('abandoned'), hooks: [hook('their_hook')] })).toBe('OK')
    expect(await deploy(archive.ask, { slug: 'theirs', schema: schema('shared'), hooks: [hook('their_hook')] })).toBe('OK')
    expect(await deploy(archive.ask, { slug: 'mine', schema: schema('own'), hooks: [hook('my_hook')] })).toBe('OK')
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  const mine = (changes: object = {}) => ({ slug: 'mine', schema: schema('own'), hooks: [hook('my_hook')], ...changes })
  const conventionOf = async (slug: string) =>
    (await archive.ask('query ($slug: String!) { convention(slug: $slug) { schema { id version } } }', { slug })).data.convention.schema

  test('deploys its own convention, as the control for the following tests', async () => {
    expect(await deploy(machine, mine())).toBe('OK')
    expect(await deploy(machine, mine({ schema: schema('own', '1.1.0') }))).toBe('OK')
    expect(await deploy(machine, mine({ schema: schema('own', '2.0.0', 'NUMBER') }))).toBe('OK')
    expect(await deploy(machine, mine({ schema: schema('brand-new') }))).toBe('OK')
    expect(await deploy(machine, mine({ schema: schema('own', '1.1.0') }))).toBe('OK')
  })

  const touching: [string, object][] = [
    ['a minor version', { schema: schema('shared', '1.1.0') }],
    ['a version between others', { schema: schema('shared', '1.0.1') }],
    ['a new major', { schema: schema('shared', '2.0.0', 'NUMBER') }],
    ['a major before the first', { schema: schema('shared', '0.1.0', 'NUMBER') }],
    ['the version that exists', { schema: schema('shared') }],
    ['a version, with leave to share hooks', { schema: schema('shared', '1.1.0'), allowShared: true }],
    ['a version, as a dry run', { schema: schema('shared', '1.1.0'), dryRun: true }],
    ['a version of what another convention used earlier', { schema: schema('abandoned', '1.1.0') }],
  ]
  test.each(touching)('cannot touch a schema that another convention uses: %s', async (_, changes) => {
    const before = await schemaCount()
    const { errors } = await machine(deploying, { input: input(mine(changes)) })
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', field: 'input.schema.id' } }])
    expect(errors[0]?.message).toMatch(/The schema "(shared|abandoned)" is used by "theirs"/)
    expect([await schemaCount(), (await conventionOf('mine')).id]).toEqual([before, 'own'])
  })
  const schemaCount = async () => Number((await archive.database.pool.query('select count(*) from schema_version')).rows[0].count)

  test('cannot keep the owner from developing its schema further', async () => {
    const owner = await archive.as({ subject: 'owner', scopes: ['conventions:write:theirs', 'hooks:write:their_hook'] })
    await machine(deploying, { input: input(mine({ schema: schema('shared', '1.5.0') })) })
    expect(await deploy(owner, { slug: 'theirs', schema: schema('shared', '1.1.0'), hooks: [hook('their_hook')] })).toBe('OK')
  })

  test('that covers all conventions on a schema may add to it, and so may the whole scope', async () => {
    const both = await archive.as({ scopes: [...narrowed, 'conventions:write:theirs', 'hooks:write:their_hook'] })
    const all = await archive.as({ scopes: ['conventions:write'] })
    expect(await deploy(both, { slug: 'theirs', schema: schema('shared', '1.2.0'), hooks: [hook('their_hook')] })).toBe('OK')
    expect(await deploy(all, { slug: 'theirs', schema: schema('shared', '1.3.0'), hooks: [hook('their_hook')] })).toBe('OK')
  })

  test('may still deploy its convention after others joined its schema, but may no longer change the schema', async () => {
    expect(await deploy(archive.ask, { slug: 'host', schema: schema('joined') })).toBe('OK')
    expect(await deploy(archive.ask, { slug: 'host', schema: schema('joined', '1.1.0') })).toBe('OK')
    expect(await deploy(archive.ask, { slug: 'guest', schema: schema('joined') })).toBe('OK')
    const host = await archive.as({ scopes: ['conventions:write:host'] })
    expect(await deploy(host, { slug: 'host', schema: schema('joined', '1.1.0'), description: 'Said better.' })).toBe('OK')
    expect(await deploy(host, { slug: 'host', schema: schema('joined') })).toBe('OK')
    expect(await deploy(host, { slug: 'host', schema: schema('joined', '1.2.0') })).toBe('FORBIDDEN')
  })

  test('and another token that claim the same new schema id at once do not both get it', async () => {
    const racers = ['race-a', 'race-b', 'race-c', 'race-d']
    const outcomes = await Promise.all(
      racers.map(async (slug) =>
        deploy(await archive.as({ subject: slug, scopes: [`conventions:write:${slug}`] }), { slug, schema: schema('raced') }),
      ),
    )
    expect(outcomes.toSorted()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'OK'])
  })

  const others: [string, string, Record<string, unknown>][] = [
    ['deploy with another hook', deploying, { input: input(mine({ hooks: [hook('their_hook')] })) }],
    [
      'deploy with another hook beside its own',
      deploying,
      { input: input(mine({ hooks: [hook('my_hook'), hook('their_hook')], allowShared: true })) },
    ],
    ['deploy another convention', deploying, { input: input({ slug: 'theirs', schema: schema('shared') }) }],
    ['deploy a convention nobody has', deploying, { input: input({ slug: 'unclaimed', schema: schema('unclaimed') }) }],
    [
      'release another hook',
      'mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { created } }',
      { input: { hook: 'their_hook', release: hook('their_hook', 2).release } },
    ],
    ['move another live pointer', 'mutation { setLive(input: { hook: "their_hook", version: 1 }) { hook { name } } }', {}],
    [
      'deprecate another release',
      'mutation { setReleaseState(input: { hook: "their_hook", version: 1, state: DEPRECATED, reason: "x" }) { release { id } } }',
      {},
    ],
    ['backfill another hook', 'mutation { backfill(input: { hook: "their_hook" }) { recordCount } }', {}],
    ['cancel any run', 'mutation { cancelRun(id: "01a1fbb0-051f-75cd-b343-df48dc15b983") { id } }', {}],
    ['retry any run', 'mutation { retryRun(id: "01a1fbb0-051f-75cd-b343-df48dc15b983") { id } }', {}],
    ['reproduce any run', 'mutation { reproduce(run: "01a1fbb0-051f-75cd-b343-df48dc15b983") { id } }', {}],
    ['cancel any backfill', 'mutation { cancelBackfill(id: "01a1fbb0-051f-75cd-b343-df48dc15b983") { id } }', {}],
    [
      'publish into another convention',
      'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }',
      { input: { convention: 'theirs', source: { import: { sourceNode: 'here' } }, records: [] } },
    ],
    ['make a deposition', 'mutation { createDeposition(input: { convention: "mine" }) { srn } }', {}],
    ['make a token', 'mutation { createToken(input: { subject: "x", roles: ["ADMIN"] }) { id } }', {}],
  ]
  test.each(others)('cannot %s', async (_, query, variables) => {
    expect((await machine(query, variables)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  test.each([
    ['POST', '/import/theirs'],
    ['PUT', '/files'],
    ['PUT', '/files?convention=theirs'],
    ['POST', '/files/uploads?convention=theirs'],
  ])('cannot %s %s', async (method, path) => {
    const headers = { authorization: `Bearer ${await trusted.sign({ scope: narrowed.join(' ') })}`, 'content-type': 'application/x-ndjson' }
    const answer = await fetch(new URL(path, archive.url), {
      method,
      headers: { ...headers, 'tus-resumable': '1.0.0', 'upload-length': '1' },
      body: '{}',
    })
    expect(answer.status).toBe(403)
  })

  const wild = ['*', '%', '.*', '', 'mine*', '*mine', 'MINE', 'mine ', ' mine', 'mine,theirs', 'theirs\u0000', '../theirs']
  test.each(wild)('narrowed to %j has rights only for exactly that name', async (name) => {
    const ask = await archive.as({ scopes: [`conventions:write:${name}`, `hooks:write:${name}`, `records:write:${name}`] })
    for (const slug of ['theirs', 'mine', 'unclaimed']) expect(await deploy(ask, { slug, schema: schema('unclaimed') })).toBe('FORBIDDEN')
    const create = 'mutation ($scope: String!) { createToken(input: { subject: "x", scopes: [$scope] }) { id } }'
    const { errors } = await archive.ask(create, { scope: `conventions:write:${name}` })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })
})

async function deploy(ask: Ask, changes: object): Promise<string> {
  const { errors } = await ask(deploying, { input: input(changes) })
  return errors.length === 0 ? 'OK' : String(errors[0]?.extensions.code)
}

function input(changes: object) {
  return { title: 'A convention', description: 'For this test.', ...changes }
}

/** Each version adds one optional field, so the versions of a major are additive. */
function schema(id: string, version = '1.0.0', type = 'TEXT') {
  const [, minor = '0', patch = '0'] = version.split('.')
  const extra = Array.from({ length: Number(minor) + Number(patch) }, (_, i) => ({ name: `extra_${i}`, type: 'TEXT', required: false }))
  return { id, version, fields: [{ name: 'name', type }, ...extra] }
}

function hook(name: string, n = 1) {
  const table = { cardinality: 'MANY', columns: [{ name: 'score', type: 'NUMBER' }] }
  return {
    name,
    feature: { table },
    release: { runtime: { module: { source: `export default () => [{ score: ${n} }]` } }, sourceRef: 'abc1234' },
  }
}
