import type { JWTPayload } from 'jose'
import { faultOfSubject } from '@strata/domain/identity'
import { refuseToken } from './refuse-token.ts'

const tolerance = 5

/** `exp` and `iat` exist and `exp` has not passed. Refuses tokens issued in the future and tokens that live too long. */
export function checkTimes({ iat, exp }: JWTPayload, longestSeconds: number): void {
  if (iat === undefined || exp === undefined) return refuseToken('it has no "iat" or "exp"')
  if (iat > Date.now() / 1000 + tolerance) return refuseToken('it was issued in the future')
  if (exp - iat > longestSeconds) return refuseToken(`it is valid for longer than ${inWords(longestSeconds)}`)
}

/** The subject of the token. A name with invisible characters could look like another subject. */
export function subjectOf({ sub }: JWTPayload): string {
  if (typeof sub !== 'string') return refuseToken('its "sub" is not a text')
  const fault = faultOfSubject(sub)
  return fault === undefined ? sub : refuseToken(`its "sub" ${fault}`)
}

function inWords(seconds: number): string {
  return seconds >= 2 * 24 * 3600 ? `${seconds / (24 * 3600)} days` : `${seconds / 3600} hours`
}
