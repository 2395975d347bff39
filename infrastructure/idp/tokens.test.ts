import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { bearerToken } from '@strata/domain/identity'
import { Unauthenticated } from '@strata/domain/shared'
import { describe, expect, test } from 'vitest'
import { createTokens, isSameSecret } from './index.ts'

const secret = 'a-secret-of-thirty-two-characters'
const names = { issuer: 'archive', audience: 'archive-api' }
const tokens = createTokens({ secret, ...names })
const request = { subject: 'ada', roles: ['ADMIN'], scopes: ['records:write'], expiresInSeconds: 60 } as const

test('a token comes back as the principal it was signed for', async () => {
  expect(await tokens.verify(await tokens.sign({ ...request, id: 'token-1' }))).toEqual({
    kind: 'USER',
    subject: 'ada',
    roles: ['ADMIN'],
    scopes: ['records:write'],
  })
})

test('roles this archive does not know are left out', async () => {
  const { verify } = tokens
  expect(await verify(await signed({ roles: ['ADMIN', 'WIZARD', 7], scopes: 'all' }))).toMatchObject({ roles: ['ADMIN'], scopes: [] })
})

test('clocks may differ by five seconds', async () => {
  await expect(tokens.verify(await tokens.sign({ ...request, expiresInSeconds: -2 }))).resolves.toBeDefined()
  await expect(tokens.verify(await tokens.sign({ ...request, expiresInSeconds: -7 }))).rejects.toThrow(Unauthenticated)
})

describe('refused, with the reason', () => {
  const now = Math.floor(Date.now() / 1000)
  const cases: [string, () => Promise<string> | string, RegExp][] = [
    ['an expired token', () => signed({ exp: now - 60 }), /expired/],
    [
      'a token signed with another secret',
      () => signed({}, { secret: 'another-secret-of-thirty-two-chars' }),
      /not signed by this archive/,
    ],
    ['a token of another issuer', () => signed({ iss: 'elsewhere' }), /issued by another issuer/],
    ['a token for another audience', () => signed({ aud: 'elsewhere' }), /issued for another audience/],
    ['a token without sub', () => signed({ sub: undefined }), /lacks "sub"/],
    ['a token whose sub is empty', () => signed({ sub: '  ' }), /begins or ends with a space/],
    ['a token without exp', () => signed({ exp: undefined }), /lacks "exp"/],
    ['a token without iat', () => signed({ iat: undefined }), /lacks "iat"/],
    ['a token without iss', () => signed({ iss: undefined }), /lacks "iss"/],
    ['a token without aud', () => signed({ aud: undefined }), /lacks "aud"/],
    ['a token without jti, which nobody could revoke', () => signed({ jti: undefined }), /lacks "jti"/],
    ['a token from the future', () => signed({ iat: now + 3600, exp: now + 7200 }), /issued in the future/],
    ['a token for ever', () => signed({ exp: now + 400 * 24 * 3600 }), /is valid for longer than 366 days/],
    ['a token whose sub hides what it is', () => signed({ sub: 'ada\u202e' }), /is invisible/],
    ['a token that is not valid yet', () => signed({ nbf: now + 60 }), /its "nbf" is not valid/],
    ['a token without signature, alg none', () => new UnsecuredJWT(claims()).encode(), /not accept|malformed/],
    ['a token signed with a stronger algorithm', () => signed({}, { alg: 'HS512', secret: secret.repeat(2) }), /not accept/],
    ['text that is no token', () => 'abc', /malformed/],
    ['three parts of nothing', () => 'e30.e30.e30', /not accept|malformed/],
  ]
  test.each(cases)('%s', async (_, token, reason) => {
    const refusal: unknown = await tokens.verify(await token()).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Unauthenticated)
    expect(String(refusal)).toMatch(reason)
    expect(String(refusal)).toContain("Ask the archive's operator for a new one.")
  })
})

test('a revoked token is refused, regardless of its claims', async () => {
  const { sign, verify } = createTokens({ secret, ...names, isRevoked: async (id) => id === 'token-1' })
  await expect(verify(await sign({ ...request, id: 'token-1' }))).rejects.toThrow('it was revoked')
  await expect(verify(await sign({ ...request, id: 'token-2' }))).resolves.toMatchObject({ subject: 'ada' })
})

test('a public archive refuses a token made for local use', async () => {
  const { sign, verify } = createTokens({ secret, ...names, isPublic: true })
  await expect(verify(await sign({ ...request, isLocal: true }))).rejects.toThrow('it was made for local use')
  await expect(verify(await sign(request))).resolves.toMatchObject({ subject: 'ada' })
  await expect(tokens.verify(await sign({ ...request, isLocal: true }))).resolves.toMatchObject({ subject: 'ada' })
})

test('a token is not signed without a subject, or with a short secret', async () => {
  await expect(tokens.sign({ ...request, subject: '' })).rejects.toThrow('subject')
  expect(() => createTokens({ secret: 'short', ...names })).toThrow('32 characters')
})

test('the Authorization header holds a bearer token or is refused', () => {
  expect([bearerToken(undefined), bearerToken('Bearer abc'), bearerToken('bearer  abc ')]).toEqual([undefined, 'abc', 'abc'])
  for (const header of ['', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b']) expect(() => bearerToken(header)).toThrow(Unauthenticated)
})

test('secrets are equal only if they are equal completely', () => {
  expect(isSameSecret('open sesame', 'open sesame')).toBe(true)
  for (const given of [undefined, '', 'open', 'open sesam', 'open sesame ', 'Open sesame'])
    expect(isSameSecret(given, 'open sesame')).toBe(false)
  expect(isSameSecret('', '')).toBe(false)
})

function claims(over: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000)
  return { iss: names.issuer, aud: names.audience, sub: 'ada', jti: 'token-1', iat: now, exp: now + 60, ...over }
}

function signed(over: { [claim: string]: unknown }, o: { alg?: string; secret?: string } = {}): Promise<string> {
  const key = new TextEncoder().encode(o.secret ?? secret)
  return new SignJWT(claims(over as JWTPayload)).setProtectedHeader({ alg: o.alg ?? 'HS256' }).sign(key)
}
