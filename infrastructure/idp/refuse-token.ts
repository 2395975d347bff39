import { errors } from 'jose'
import { Unauthenticated } from '@strata/domain/shared'

/** Says what is wrong with a token and what to do. Throws again any error that is not the token's fault. */
export function refuseToken(cause: unknown): never {
  const reason = typeof cause === 'string' ? cause : reasonOf(cause)
  if (reason === undefined) throw cause
  throw new Unauthenticated(`This token is not accepted: ${reason}. Ask the archive's operator for a new one.`)
}

function reasonOf(cause: unknown): string | undefined {
  if (cause instanceof errors.JWTExpired) return 'it has expired'
  if (cause instanceof errors.JWTClaimValidationFailed) return claimReason(cause)
  if (cause instanceof errors.JWSSignatureVerificationFailed) return 'it was not signed by this archive, or by an issuer it trusts'
  if (cause instanceof errors.JWKSNoMatchingKey) return 'none of its issuer\'s keys has the "kid" it names'
  if (cause instanceof errors.JWKSMultipleMatchingKeys) return 'it does not say with a "kid" which key signed it'
  if (cause instanceof errors.JOSEAlgNotAllowed) return 'it is signed with an algorithm that this archive does not accept'
  if (cause instanceof errors.JOSEError) return 'it is malformed'
  return undefined
}

function claimReason({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `it lacks "${claim}"`
  if (claim === 'iss') return 'it was issued by another issuer'
  if (claim === 'aud') return 'it was issued for another audience'
  return `its "${claim}" is not valid`
}
