import { Unauthenticated } from '@strata/domain/shared'

/** The token of an Authorization header; undefined when there is none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
  if (token === undefined) throw new Unauthenticated('The Authorization header is invalid; send it as "Authorization: Bearer …".')
  return token
}
