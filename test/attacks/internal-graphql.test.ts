import { gatewaySecrets, type GatewayPurpose } from '@strata/infrastructure/idp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'

let archive: TestArchive
beforeAll(
  async () => void (archive = await openArchive('separate services', { STRATA_QUERY_DEADLINE: '4000', STRATA_MUTATION_DEADLINE: '4000' })),
)
afterAll(() => archive?.[Symbol.asyncDispose]())

const entity = '_entities(representations: [{__typename: "Hook", name: "a"}]) { __typename }'

async function ask(service: string, body: unknown, secret?: string) {
  const response = await fetch(archive.subgraphUrls[service] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-strata-gateway': secret ?? gatewaySecrets(archive.secrets.gatewaySecret).graphql },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return `${response.status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? 'OK'}`
}

describe('each secret of the gateway works only for its purpose', () => {
  const doors: readonly (readonly [service: string, purpose: GatewayPurpose, method: string, path: string])[] = [
    ['registry', 'graphql', 'POST', '/graphql'],
    ['records', 'graphql', 'POST', '/graphql'],
    ['records', 'files', 'GET', `/files/sha256:${'0'.repeat(64)}`],
    ['records', 'files', 'GET', '/records/urn:osa:localhost:rec:01a1fbb0-051f-75cd-b343-df48dc15b983@1/files/a'],
    ['records', 'import', 'POST', '/import/a'],
    ['data', 'data', 'GET', '/llms.txt'],
    ['data', 'data', 'GET', '/data/a/llms.txt'],
    ['data', 'data', 'GET', '/cite/a'],
    ['data', 'data', 'GET', '/provenance/a.prov.json'],
    ['registry', 'logs', 'GET', '/runs/a/log'],
    ['registry', 'revocations', 'GET', '/revocations'],
  ]

  test.each(doors)('at %s, %s: %s %s', async (service, purpose, method, path) => {
    const secrets = Object.entries(gatewaySecrets(archive.secrets.gatewaySecret))
    const authorization = `Bearer ${await archive.sign({ subject: 'operator', roles: ['ADMIN'] })}`
    const statusWith = async (secret: string) => {
      const headers = { 'x-strata-gateway': secret, 'content-type': 'application/json', authorization }
      const init = method === 'POST' ? { method, headers, body: '{"query":"{ __typename }"}' } : { method, headers }
      return (await fetch(new URL(path, archive.subgraphUrls[service]), init)).status
    }
    for (const [name, secret] of secrets) expect([name, (await statusWith(secret)) !== 401]).toEqual([name, name === purpose])
    expect(await statusWith(archive.secrets.gatewaySecret), 'the secret that they are derived from').toBe(401)
  })
})

describe('a service refuses, from the gateway itself', () => {
  test.each([
    ['3,000 aliases', { query: `{ ${Array.from({ length: 3_000 }, (_, i) => `a${i}: ${entity}`).join(' ')} }` }],
    ['the entities asked for twice', { query: `{ ${entity} b: ${entity} }` }],
    [
      'more fields at its root than a client may ask for',
      { query: `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: hooks { totalCount }`).join(' ')} }` },
    ],
    ['a fragment that multiplies', { query: `{ ...A } fragment A on Query { ${entity} }` }],
    ['brackets nested a thousand deep', { query: `{ hooks { nodes ${'{ releases { nodes '.repeat(500)}` }],
    ['a document of a megabyte and a half', { query: `{ hooks(first: 1) { totalCount } #${'x'.repeat(1_500_000)}\n }` }],
    ['a hundred thousand tokens', { query: `{ hooks(first: [${'1 '.repeat(100_001)}]) { totalCount } }` }],
    [
      '60,000 representations',
      {
        query: 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
        variables: { representations: Array.from({ length: 60_000 }, (_, i) => ({ __typename: 'Hook', name: `h${i}` })) },
      },
    ],
    ['several operations at once', [{ query: '{ __typename }' }, { query: '{ __typename }' }]],
  ])('%s', async (_what, body) => {
    expect(await ask('registry', body)).toBe('400 QUERY_TOO_COMPLEX')
    expect(await ask('registry', { query: '{ hooks(first: 1) { totalCount } }' })).toBe('200 OK')
  })

  test('operations beyond the deadline, and starts no more work for them', async () => {
    const holder = await archive.database.pool.connect()
    try {
      await holder.query('begin')
      await holder.query('lock table hook in access exclusive mode')
      expect(await ask('registry', { query: '{ hooks(first: 1) { nodes { name } } }' })).toBe('504 UNAVAILABLE')
    } finally {
      await holder.query('rollback')
      holder.release()
    }
    expect(await ask('registry', { query: '{ hooks(first: 1) { totalCount } }' })).toBe('200 OK')
  })
})

test('but not query plans for a client at its limits', async () => {
  const aliases = Array.from({ length: 19 }, (_, i) => `a${i}: hooks(first: 1) { nodes { name live { version } } }`).join(' ')
  expect((await archive.ask(`{ ${aliases} }`)).errors).toEqual([])
})
