import { jwtVerify, type JWTHeaderParameters, type JWTPayload } from 'jose'
import type { MachinePrincipal } from '@strata/domain/identity'
import { checkTimes, subjectOf } from './claims.ts'
import type { KeySet } from './key-set.ts'
import { refuseToken } from './refuse-token.ts'

export interface MachineIssuer {
  readonly issuer: string
  readonly audience: string
  readonly scopeClaim: string
  readonly keys: KeySet
}

const longestSeconds = 24 * 3600

/**
 * Verifies machine tokens of a trusted issuer. The algorithm is fixed here and the keys come from the configuration, regardless of
 * the token's `alg`, `jku`, `jwk` and `x5u`.
 */
export function machineTokens({ issuer, audience, scopeClaim, keys }: MachineIssuer) {
  return {
    async verify(token: string): Promise<MachinePrincipal> {
      const expected = {
        // Two names of the same algorithm. The key set contains only Ed25519 keys.
        algorithms: ['EdDSA', 'Ed25519'],
        issuer,
        audience,
        requiredClaims: ['exp', 'iat', 'sub'],
        clockTolerance: 5,
      }
      const { payload } = await jwtVerify(token, (header: JWTHeaderParameters) => keys.keyFor(header), expected).catch(refuseToken)
      checkTimes(payload, longestSeconds)
      return { kind: 'MACHINE', subject: `${issuer}#${subjectOf(payload)}`, scopes: scopesOf(payload, scopeClaim) }
    },
  }
}

/** A space-separated text, as in OAuth, or a list. */
function scopesOf(claims: JWTPayload, name: string): string[] {
  const claim = Object.hasOwn(claims, name) ? claims[name] : undefined
  const given = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : []
  return given.filter((scope): scope is string => typeof scope === 'string' && scope !== '')
}
