import { gatewaySecrets } from '@strata/infrastructure/idp'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const entities = '{ _entities(representations: [{__typename: "Hook", name: "a"}]) { __typename } }'

describe.each(topologies)('a private archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology, { STRATA_READS: 'private' })))
  afterAll(() => archive?.[Symbol.asyncDispose]())

  test('answers no query without a token, not even introspection', async () => {
    const nobody = await archive.as()
    for (const query of [
      '{ conventions { totalCount } }',
      '{ viewer { kind } }',
      '{ __typename }',
      '{ hooks { totalCount } }',
      getIntrospectionQuery(),
      '{ nonsense',
      entities,
    ]) {
      const { status, data, errors } = await nobody(query)
      expect([status, data, errors[0]?.extensions.code]).toEqual([401, null, 'UNAUTHENTICATED'])
    }
    const byGet = await fetch(`${archive.url}/graphql?query={conventions{totalCount}}`, { headers: { 'apollo-require-preflight': '1' } })
    expect(byGet.status).toBe(401)
  })

  test.each(['/files/sha256:00', '/records/urn:osa:localhost:rec:1@1/files/a', '/import/proteins', '/data/proteins.csv', '/nothing'])(
    'has nothing at %s',
    async (path) => {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT']) {
        const response = await fetch(new URL(path, archive.url), { method })
        expect([method, response.status]).toEqual([method, 401])
      }
    },
  )

  test('suggests no dataset names to callers without a token', async () => {
    await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifest({ slug: 'secret-proteins' }),
    })
    const guess = '{ rows(convention: "secret-protein", table: "records") { totalCount } }'
    const meant = 'Did you mean "secret-proteins"?'
    const nobody = await (await archive.as())(guess)
    expect([nobody.status, JSON.stringify(nobody)]).toEqual([401, expect.not.stringContaining('proteins')])
    for (const path of ['records.csv', 'records.csv.meta.json', 'croissant.json', 'llms.txt']) {
      const answer = await fetch(new URL(`/data/secret-protein/${path}`, archive.url))
      expect([answer.status, await answer.text()]).toEqual([401, expect.not.stringContaining('proteins')])
    }
    const {
      errors: [error],
    } = await (
      await archive.as({ subject: 'reader' })
    )(guess)
    expect(error?.message).toContain(meant)
  })

  test('answers any caller with a token, even without roles and scopes', async () => {
    const reader = await archive.as({ subject: 'reader' })
    expect(await reader('{ conventions { totalCount } viewer { subject } }')).toMatchObject({
      status: 200,
      errors: [],
      data: { viewer: { subject: 'reader' } },
    })
    const garbage = await fetch(`${archive.url}/graphql?query={__typename}`, {
      headers: { authorization: 'Bearer x', 'apollo-require-preflight': '1' },
    })
    expect(garbage.status).toBe(401)
  })

  test("serves the explorer's page, which has no data, and /healthz", async () => {
    const page = await fetch(`${archive.url}/graphql`, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await fetch(`${archive.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${archive.url}/readyz`)).status).toBe(200)
  })

  if (topology === 'separate services')
    test('is private in each of its services, also for the gateway', async () => {
      for (const url of Object.values(archive.subgraphUrls)) {
        for (const query of ['{ __typename }', entities]) {
          const response = await fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-strata-gateway': gatewaySecrets(archive.secrets.gatewaySecret).graphql },
            body: JSON.stringify({ query }),
          })
          expect(response.status).toBe(401)
        }
      }
    })
})
