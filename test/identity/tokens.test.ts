import { setTimeout as sleep } from 'node:timers/promises'
import { gatewaySecrets } from '@strata/infrastructure/idp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphqlClient } from '../support/graphql-client.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'

const create = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { id token expiresAt } }'
const revoke = 'mutation ($id: ID!) { revokeToken(id: $id) }'
const viewer = '{ viewer { kind subject roles scopes } }'
const introspection = '{ __schema { queryType { name } } }'

describe.each(topologies)('tokens of an archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology)))
  afterAll(() => archive?.[Symbol.asyncDispose]())

  const mint = async (input: Record<string, unknown> = {}) => {
    const { data, errors } = await archive.ask(create, { input: { subject: 'ada', ...input } })
    expect(errors).toEqual([])
    return data.createToken as { id: string; token: string; expiresAt: string }
  }

  test('are created as requested, and shown once', async () => {
    const { id, token, expiresAt } = await mint({ roles: ['CURATOR'], scopes: ['hooks:write:find_pockets'], expiresInDays: 2 })
    const { data } = await graphqlClient(archive.url, token)(viewer)
    expect(data.viewer).toEqual({ kind: 'USER', subject: 'ada', roles: ['CURATOR'], scopes: ['hooks:write:find_pockets'] })
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000)).toBe(48)
    const list = await archive.ask('{ tokens(first: 1) { totalCount nodes { id subject roles scopes createdBy revokedAt } } }')
    expect(list.data.tokens.nodes).toEqual([
      { id, subject: 'ada', roles: ['CURATOR'], scopes: ['hooks:write:find_pockets'], createdBy: 'user:operator', revokedAt: null },
    ])
    const kept = await archive.database.pool.query('SELECT * FROM token, audit_event')
    expect(JSON.stringify(kept.rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(token.split('.')[2])
  })

  test.each([
    [{ subject: '' }, 'input.subject'],
    [{ subject: ' ada' }, 'input.subject'],
    [{ subject: 'a\u202eda' }, 'input.subject'],
    [{ subject: '\u3164' }, 'input.subject'],
    [{ subject: 'a\u200bda' }, 'input.subject'],
    [{ subject: 'ada\u00a0l' }, 'input.subject'],
    [{ subject: 'Jose\u0301' }, 'input.subject'],
    [{ roles: ['WIZARD'] }, 'input.roles.0'],
    [{ roles: ['admin'] }, 'input.roles.0'],
    [{ scopes: ['hooks:write', 'hooks:write:*'] }, 'input.scopes.1'],
    [{ expiresInDays: 0 }, 'input.expiresInDays'],
    [{ expiresInDays: 366 }, 'input.expiresInDays'],
  ])('are not minted with %j', async (input, field) => {
    const { errors } = await archive.ask(create, { input: { subject: 'ada', ...input } })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
  })

  test('are created, listed and revoked only by an ADMIN', async () => {
    const { id, token } = await mint({ roles: ['CURATOR'], scopes: ['hooks:write', 'conventions:write', 'records:write'] })
    const curator = graphqlClient(archive.url, token)
    const attempts = [
      curator(create, { input: { subject: 'eve', roles: ['ADMIN'] } }),
      curator(revoke, { id }),
      curator('{ tokens { totalCount } }'),
      curator('{ auditLog { totalCount } }'),
    ]
    for (const { errors } of await Promise.all(attempts)) expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    const nobody = await archive.as()
    for (const query of ['{ tokens { totalCount } }', '{ auditLog { totalCount } }']) {
      expect((await nobody(query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    }
  })

  test('stop working everywhere within five seconds of being revoked, in services too', async () => {
    const { id, token } = await mint({ roles: ['ADMIN'] })
    const ask = graphqlClient(archive.url, token)
    const services = Object.values(archive.subgraphUrls).map((url) => async () => {
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-strata-gateway': gatewaySecrets(archive.secrets.gatewaySecret).graphql,
      }
      return (await fetch(url, { method: 'POST', headers, body: '{"query": "{ __typename }"}' })).status
    })
    // What the gateway answers by itself, and what each service answers.
    const everywhere = async () => [
      (await ask(introspection)).status,
      (await ask(viewer)).status,
      ...(await Promise.all(services.map((call) => call()))),
    ]
    expect(new Set(await everywhere())).toEqual(new Set([200]))
    expect((await archive.ask(revoke, { id })).data).toEqual({ revokeToken: true })
    await sleep(4_500)
    expect(new Set(await everywhere())).toEqual(new Set([401]))
    expect((await ask(viewer)).errors[0]?.message).toContain('it was revoked')
    expect((await archive.ask(revoke, { id })).data).toEqual({ revokeToken: true })
  })

  test('that are not there cannot be revoked', async () => {
    for (const id of ['018f0000-0000-7000-8000-000000000000', 'x', "' OR 1=1"]) {
      expect((await archive.ask(revoke, { id })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    }
  })
})

test.each(topologies)('a public archive in %s creates none, and refuses those made for local use', async (topology) => {
  await using archive = await openArchive(topology, { STRATA_PUBLIC_URL: 'https://archive.example.org' })
  expect(archive.signInUrl).toBeUndefined()
  expect((await archive.ask(create, { input: { subject: 'ada' } })).errors).toMatchObject([
    { message: expect.stringContaining('standalone/main.ts token'), extensions: { code: 'FORBIDDEN' } },
  ])
  const local = await archive.as({ subject: 'operator', roles: ['ADMIN'], isLocal: true })
  expect(await local(viewer)).toMatchObject({ status: 401 })
  expect((await fetch(`${archive.url}/sign-in?code=x`)).status).toBe(404)
})
