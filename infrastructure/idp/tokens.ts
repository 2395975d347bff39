import { jwtVerify, SignJWT, type JWTPayload } from 'jose'
import { isRole, type Principal, type Role } from '@strata/domain/identity'
import { refuseToken } from './refuse-token.ts'

export interface Tokens {
  sign(request: TokenRequest): Promise<string>
  /** The caller the token speaks for, or the refusal `Unauthenticated`. */
  verify(token: string): Promise<Principal>
}

export interface TokenRequest {
  readonly subject: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
  readonly expiresInSeconds: number
  readonly id?: string
}

/** Tokens of an archive's own users, signed with its own secret. */
export function createTokens(o: { secret: string; issuer: string; audience: string }): Tokens {
  const key = new TextEncoder().encode(o.secret)
  if (key.length < 32) throw new Error('The token secret is too short; it needs at least 32 characters.')

  return {
    async sign(request) {
      if (request.subject === '') throw new Error('A token needs a subject.')
      const now = Math.floor(Date.now() / 1000)
      const token = new SignJWT({ roles: request.roles, scopes: request.scopes })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuer(o.issuer)
        .setAudience(o.audience)
        .setSubject(request.subject)
        .setIssuedAt(now)
        .setExpirationTime(now + request.expiresInSeconds)
      if (request.id !== undefined) token.setJti(request.id)
      return token.sign(key)
    },

    async verify(token) {
      const expected = {
        // Never the token's own word for it.
        algorithms: [algorithm],
        issuer: o.issuer,
        audience: o.audience,
        requiredClaims: ['exp', 'iat', 'sub'],
        clockTolerance: 5,
      }
      const { payload } = await jwtVerify(token, key, expected).catch(refuseToken)
      return principalOf(payload)
    },
  }
}

const algorithm = 'HS256'

function principalOf(claims: JWTPayload): Principal {
  const { sub } = claims
  if (typeof sub !== 'string' || sub.trim() === '') return refuseToken('it names nobody: its "sub" is empty')
  return { kind: 'USER', subject: sub, roles: texts(claims['roles']).filter(isRole), scopes: texts(claims['scopes']) }
}

function texts(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((entry): entry is string => typeof entry === 'string') : []
}
