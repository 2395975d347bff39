import { createPublicKey } from 'node:crypto'
import { gatewaySecrets } from '@strata/infrastructure/idp'
import { decodeJwt, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphqlClient } from '../support/graphql-client.ts'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { machine, machineClaims, machineKey, machineSettings } from '../support/machine-issuer.ts'

// Who gets in, from outside, over HTTP. Every attack is a call that would move a live pointer if it got through.

const [trusted, stranger] = await Promise.all([machineKey('2026-a'), machineKey('2026-a')])
const now = () => Math.floor(Date.now() / 1000)
const text = (value: string) => new TextEncoder().encode(value)
const setLive = 'mutation ($input: SetLiveInput!) { setLive(input: $input) { hook { name } } }'
const hookA = { input: { hook: 'hook_a', version: 1 } }
const hookB = { input: { hook: 'hook_b', version: 1 } }

describe.each(topologies)('an archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology, machineSettings(trusted))
    const hooks = ['hook_a', 'hook_b'].map(moduleHook)
    const { errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifest({ hooks }),
    })
    expect(errors).toEqual([])
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  /** The code that a call with this token is answered with; OK when it got through. */
  const attempt = async (token: string, variables: Record<string, unknown> = hookA, query = setLive) => {
    const { status, errors } = await graphqlClient(archive.url, token)(query, variables)
    return errors.length === 0 ? 'OK' : `${status} ${errors[0]?.extensions.code}`
  }
  const refused = '401 UNAUTHENTICATED'
  const userClaims = (over: object = {}) => {
    const names = { iss: 'strata:localhost', aud: 'strata:localhost:api' }
    return { ...names, sub: 'ada', jti: 'attack', roles: ['ADMIN'], scopes: [], iat: now(), exp: now() + 300, ...over }
  }
  const asUser = (over: object = {}, alg = 'HS256') =>
    new SignJWT(userClaims(over)).setProtectedHeader({ alg }).sign(text(archive.secrets.tokenSecret))

  test('accepts valid tokens, as the control for the following tests', async () => {
    expect(await attempt(await asUser())).toBe('OK')
    expect(await attempt(await trusted.sign())).toBe('OK')
  })

  test('refuses "alg": "none"', async () => {
    expect(await attempt(new UnsecuredJWT(userClaims()).encode())).toBe(refused)
    expect(await attempt(new UnsecuredJWT(machineClaims()).encode())).toBe(refused)
  })

  test('refuses HS256 signed with the Ed25519 public key, in any of its forms', async () => {
    const key = createPublicKey({ key: trusted.publicJwk, format: 'jwk' })
    const forms = [
      text(String(trusted.publicJwk.x)),
      Buffer.from(String(trusted.publicJwk.x), 'base64url'),
      key.export({ format: 'pem', type: 'spki' }) as string,
      key.export({ format: 'der', type: 'spki' }),
      text(JSON.stringify(trusted.publicJwk)),
    ]
    for (const form of forms) {
      const bytes = typeof form === 'string' ? text(form) : form
      const token = await new SignJWT(machineClaims()).setProtectedHeader({ alg: 'HS256', kid: trusted.kid }).sign(bytes)
      expect(await attempt(token)).toBe(refused)
    }
  })

  test("refuses RS256 for the machines' issuer", async () => {
    const { privateKey } = await generateKeyPair('RS256')
    expect(await attempt(await new SignJWT(machineClaims()).setProtectedHeader({ alg: 'RS256', kid: trusted.kid }).sign(privateKey))).toBe(
      refused,
    )
  })

  test("refuses the users' secret for the machines' issuer, and a machine's key for users", async () => {
    const crossed = await new SignJWT(machineClaims())
      .setProtectedHeader({ alg: 'HS256', kid: trusted.kid })
      .sign(text(archive.secrets.tokenSecret))
    expect(await attempt(crossed)).toBe(refused)
    expect(await attempt(await trusted.sign(userClaims()))).toBe(refused)
  })

  test('refuses HS512 and HS384 with the right secret', async () => {
    const secret = archive.secrets.tokenSecret
    expect(secret.length).toBeGreaterThanOrEqual(64)
    expect(await attempt(await asUser({}, 'HS384'))).toBe(refused)
    expect(await attempt(await asUser({}, 'HS512'))).toBe(refused)
  })

  const claims: [string, Record<string, unknown>][] = [
    ['a wrong aud', { aud: 'another-archive' }],
    ['no aud', { aud: undefined }],
    ['a wrong iss', { iss: 'https://evil.example.org' }],
    ['an iss that only begins right', { iss: `${machine.issuer}.evil.example.org` }],
    ['a list as iss', { iss: [machine.issuer] }],
    ['no iss', { iss: undefined }],
    ['no exp', { exp: undefined }],
    ['an exp that is text', { exp: '9999999999' }],
    ['no iat', { iat: undefined }],
    ['no sub', { sub: undefined }],
    ['an empty sub', { sub: '' }],
    ['a blank sub', { sub: ' \t' }],
    ['a sub that is a number', { sub: 7 }],
    ['a sub with a zero-width space', { sub: 'a\u200bda' }],
    ['a sub that is a Hangul filler', { sub: '\u3164' }],
    ['a sub that is a blank Braille pattern', { sub: '\u2800' }],
    ['a sub with a variation selector', { sub: 'ada\ufe0f' }],
    ['a sub with a trailing space', { sub: 'ada ' }],
    ['a sub with a no-break space', { sub: 'ada\u00a0l' }],
    ['a sub with a decomposed letter', { sub: 'Jose\u0301' }],
    ['a sub with a right-to-left override', { sub: '\u202eada' }],
    ['an exp that has passed', { iat: now() - 600, exp: now() - 60 }],
    ['an iat in the future', { iat: now() + 3600, exp: now() + 3900 }],
    ['an nbf in the future', { nbf: now() + 3600 }],
    ['an exp far in the future', { exp: 253_402_300_799 }],
  ]
  test.each(claims)("refuses a machine's token with %s", async (_, over) => {
    expect(await attempt(await trusted.sign(over))).toBe(refused)
  })
  test.each(claims.filter(([, over]) => over['aud'] !== 'another-archive'))("refuses a user's token with %s", async (_, over) => {
    expect(await attempt(await asUser(over))).toBe(refused)
  })

  test('refuses an unknown kid, and one with a path or SQL in it; the archive lives on', async () => {
    const kids = [
      '2027-z',
      '../../../../etc/passwd',
      '/dev/null',
      "' OR 1=1 --",
      "'; DROP TABLE token; --",
      '__proto__',
      'constructor',
      '\u0000',
      'x'.repeat(2000),
      'http://evil.example.org/keys',
    ]
    for (const kid of kids) {
      expect(await attempt(await trusted.sign({}, { kid }))).toBe(refused)
      expect(await attempt(await stranger.sign({}, { kid }))).toBe(refused)
    }
    expect(await attempt(await trusted.sign())).toBe('OK')
    expect((await archive.ask('{ tokens { totalCount } }')).errors).toEqual([])
  })

  test("refuses a stranger's key under a known kid, embedded in the token or at an address it names", async () => {
    expect(await attempt(await stranger.sign())).toBe(refused)
    expect(await attempt(await stranger.sign({}, { jwk: stranger.publicJwk }))).toBe(refused)
    expect(await attempt(await stranger.sign({}, { jku: 'https://evil.example.org/keys' }))).toBe(refused)
    expect(await attempt(await stranger.sign({}, { x5u: 'https://evil.example.org/keys' }))).toBe(refused)
    expect(await attempt(await trusted.sign({}, { crit: ['evil'], evil: 1 }).catch(() => 'e30.e30.e30'))).toBe(refused)
  })

  test('refuses a token with a changed claim or signature', async () => {
    const [header, , signature] = (await asUser({ roles: [] })).split('.')
    const [, promoted] = (await asUser()).split('.')
    expect(await attempt(`${header}.${promoted}.${signature}`)).toBe(refused)
    expect(await attempt(`${header}.${promoted}.`)).toBe(refused)
    expect(await attempt(`${header}.${promoted}`)).toBe(refused)
  })

  test("refuses a user's token where a scope is needed, and names it", async () => {
    const ask = await archive.as({ roles: ['CURATOR'], scopes: ['records:write'] })
    const { errors } = await ask(setLive, hookA)
    expect(errors).toMatchObject([{ message: expect.stringContaining('hooks:write'), extensions: { code: 'FORBIDDEN' } }])
  })

  test('refuses a machine that claims a role', async () => {
    expect(await attempt(await trusted.sign({ scope: 'ADMIN', roles: ['ADMIN'] }))).toBe('200 FORBIDDEN')
    const create = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token } }'
    expect(await attempt(await trusted.sign({ roles: ['ADMIN'] }), { input: { subject: 'a' } }, create)).toBe('200 FORBIDDEN')
  })

  test('refuses machine A on hook B in every call', async () => {
    const token = await trusted.sign({ scope: 'hooks:write:hook_a' })
    expect(await attempt(token, hookA)).toBe('OK')
    expect(await attempt(token, hookB)).toBe('200 FORBIDDEN')
    expect(await attempt(token, { input: { hook: 'hook_a ', version: 1 } })).toBe('200 FORBIDDEN')
    const both = await graphqlClient(
      archive.url,
      token,
    )(
      'mutation { a: setLive(input: { hook: "hook_a", version: 1 }) { hook { name } } b: setLive(input: { hook: "hook_b", version: 1 }) { hook { name } } }',
    )
    expect(both.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  test('refuses machine A that deploys with hook B', async () => {
    const token = await trusted.sign({ scope: 'conventions:write:proteins hooks:write:hook_a' })
    const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
    expect(await attempt(token, { input: manifest({ hooks: [moduleHook('hook_a')] }) }, deploy)).toBe('OK')
    expect(await attempt(token, { input: manifest({ hooks: [moduleHook('hook_b')] }) }, deploy)).toBe('200 FORBIDDEN')
    expect(await attempt(token, { input: manifest({ slug: 'others' }) }, deploy)).toBe('200 FORBIDDEN')
  })

  test('ignores headers that only the gateway may set', async () => {
    const headers = {
      'content-type': 'application/json',
      'x-strata-gateway': gatewaySecrets(archive.secrets.gatewaySecret).graphql,
      'x-strata-address': '203.0.113.7',
      'x-strata-principal': 'user:operator',
      'x-strata-roles': 'ADMIN',
    }
    const send = (more: object, query: string) =>
      fetch(`${archive.url}/graphql`, {
        method: 'POST',
        headers: { ...headers, ...more },
        body: JSON.stringify({ query, variables: hookA }),
      })
    expect(await (await send({}, '{ viewer { kind subject } }')).json()).toEqual({ data: { viewer: { kind: 'ANONYMOUS', subject: null } } })
    const authorization = `Bearer ${await asUser({ sub: 'forger' })}`
    expect((await send({ authorization }, setLive)).status).toBe(200)
    const { data } = await archive.ask('{ auditLog(actor: "user:forger") { nodes { address } } }')
    expect(data.auditLog.nodes).toEqual([{ address: '127.0.0.1' }])
  })

  test('refuses a token of ten thousand characters, and sixteen kilobytes of headers, in JSON', async () => {
    expect(await attempt(await asUser({ pad: 'x'.repeat(8_000) }))).toBe(refused)
    const flood = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`x-flood-${i}`, 'x'.repeat(60)]))
    const response = await fetch(`${archive.url}/graphql`, { headers: flood })
    expect(response.status).toBe(431)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
  })

  test('reveals no secrets in refusals', async () => {
    const { errors } = await graphqlClient(archive.url, await stranger.sign())('{ viewer { kind } }')
    const said = JSON.stringify(errors)
    for (const secret of Object.values(archive.secrets)) expect(said).not.toContain(secret)
    expect(said).not.toMatch(/jose|JWS|node_modules/)
  })

  if (topology === 'separate services')
    test('its services answer only the gateway, whatever token a call has', async () => {
      const authorization = `Bearer ${await asUser()}`
      const queries = [
        '{ __typename }',
        '{ _service { sdl } }',
        '{ _entities(representations: [{__typename: "Hook", name: "hook_a"}]) { __typename } }',
      ]
      for (const url of Object.values(archive.subgraphUrls)) {
        for (const query of queries) {
          for (const forged of [{}, { 'x-strata-gateway': '' }, { 'x-strata-gateway': 'guess' }]) {
            const response = await fetch(url, {
              method: 'POST',
              headers: { 'content-type': 'application/json', authorization, ...forged },
              body: JSON.stringify({ query }),
            })
            expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
          }
        }
      }
      const revocations = await fetch(new URL('/revocations', archive.subgraphUrls['registry']))
      expect(revocations.status).toBe(401)
    })

  if (topology === 'separate services')
    test('its services verify the caller themselves', async () => {
      const response = await fetch(archive.subgraphUrls['registry'] ?? '', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-strata-gateway': gatewaySecrets(archive.secrets.gatewaySecret).graphql,
          authorization: `Bearer ${await stranger.sign()}`,
        },
        body: JSON.stringify({ query: setLive, variables: hookA }),
      })
      expect(response.status).toBe(401)
    })
})

test('the tokens of these tests have the expected claims', async () => {
  expect(decodeJwt(await trusted.sign({ sub: undefined }))).not.toHaveProperty('sub')
})

function moduleHook(name: string) {
  const source = 'export default async () => [{ score: 1 }]'
  const table = { cardinality: 'MANY', columns: [{ name: 'score', type: 'NUMBER' }] }
  return { name, feature: { table }, release: { runtime: { module: { source } }, sourceRef: 'abc1234' } }
}
