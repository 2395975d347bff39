import type { JWTPayload } from 'jose'
import { faultOfSubject } from '@strata/domain/identity'
import { refuseToken } from './refuse-token.ts'

const tolerance = 5

/** `exp` and `iat` are there and `exp` has not passed: that was verified. A token of the future, or one for ever, is none. */
export function checkTimes({ iat, exp }: JWTPayload, longestSeconds: number): void {
  if (iat === undefined || exp === undefined) return refuseToken('it lacks its times')
  if (iat > Date.now() / 1000 + tolerance) return refuseToken('it was issued in the future')
  if (exp - iat > longestSeconds) return refuseToken(`it lives for longer than ${inWords(longestSeconds)}`)
}

/** Whom the token names. A name that shows as another one, or as none, would be attributed to somebody else. */
export function subjectOf({ sub }: JWTPayload): string {
  if (typeof sub !== 'string') return refuseToken('its "sub" is not a text')
  const fault = faultOfSubject(sub)
  return fault === undefined ? sub : refuseToken(`its "sub" ${fault}`)
}

function inWords(seconds: number): string {
  return seconds >= 2 * 24 * 3600 ? `${seconds / (24 * 3600)} days` : `${seconds / 3600} hours`
}
