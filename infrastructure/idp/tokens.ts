import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT, type JWTPayload } from 'jose'
import { faultOfSubject, isRole, type Principal, type Role } from '@strata/domain/identity'
import { checkTimes, subjectOf } from './claims.ts'
import { refuseToken } from './refuse-token.ts'

export interface Tokens {
  sign(request: TokenRequest): Promise<string>
  /** The caller that the token identifies; throws `Unauthenticated` otherwise. */
  verify(token: string): Promise<Principal>
}

export interface TokenRequest {
  readonly subject: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
  readonly expiresInSeconds: number
  readonly id?: string
  /** Valid only while the archive has no public address. */
  readonly isLocal?: boolean
}

export interface TokenOptions {
  readonly secret: string
  readonly issuer: string
  readonly audience: string
  /** Whether the token of this id was revoked. */
  readonly isRevoked?: (id: string) => Promise<boolean>
  /** Refuses tokens that were created for local use. */
  readonly isPublic?: boolean
}

const longestSeconds = 366 * 24 * 3600
const algorithm = 'HS256'

/** Tokens of an archive's own users, signed with its own secret. */
export function createTokens(o: TokenOptions): Tokens {
  const key = new TextEncoder().encode(o.secret)
  if (key.length < 32) throw new Error('The token secret is too short; it needs at least 32 characters.')

  return {
    async sign(request) {
      const fault = faultOfSubject(request.subject)
      if (fault !== undefined) throw new Error(`A token cannot be signed for this subject: it ${fault}.`)
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({ roles: request.roles, scopes: request.scopes, ...(request.isLocal ? { local: true } : {}) })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuer(o.issuer)
        .setAudience(o.audience)
        .setSubject(request.subject)
        .setIssuedAt(now)
        .setExpirationTime(now + request.expiresInSeconds)
        .setJti(request.id ?? randomUUID())
        .sign(key)
    },

    async verify(token) {
      const expected = {
        // Never taken from the token.
        algorithms: [algorithm],
        issuer: o.issuer,
        audience: o.audience,
        // A token without an id could not be revoked.
        requiredClaims: ['exp', 'iat', 'sub', 'jti'],
        clockTolerance: 5,
      }
      const { payload } = await jwtVerify(token, key, expected).catch(refuseToken)
      checkTimes(payload, longestSeconds)
      if (o.isPublic && payload['local'] !== undefined) return refuseToken('it was made for local use, and this archive is public now')
      if (await o.isRevoked?.(String(payload.jti))) return refuseToken('it was revoked')
      return principalOf(payload)
    },
  }
}

function principalOf(claims: JWTPayload): Principal {
  return { kind: 'USER', subject: subjectOf(claims), roles: texts(claims['roles']).filter(isRole), scopes: texts(claims['scopes']) }
}

function texts(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((entry): entry is string => typeof entry === 'string') : []
}
