import { decodeJwt } from 'jose'
import { Unauthenticated } from '@strata/domain/shared'
import { openKeySet, type KeySource, type ReportKeys } from './key-set.ts'
import { machineTokens } from './machine-tokens.ts'
import { createRevocations, type LoadRevoked } from './revocations.ts'
import { createTokens, type Tokens } from './tokens.ts'

export interface MachineSettings {
  readonly issuer: string
  readonly audience: string
  readonly scopeClaim: string
  readonly jwks: KeySource
}

/** The tokens of an archive. All services derive issuer and audience from the archive's domain, so they always agree. */
export function archiveTokens(o: {
  secret: string
  domain: string
  isRevoked?: (id: string) => Promise<boolean>
  isPublic?: boolean
}): Tokens {
  return createTokens({ ...o, issuer: `strata:${o.domain}`, audience: `strata:${o.domain}:api` })
}

/** Verifies callers in every process of an archive: tokens of its users, and of the machines' issuer. */
export function archiveIdentity(o: {
  config: { readonly domain: string; readonly publicUrl: string | undefined; readonly machines: MachineSettings | undefined }
  secret: string
  loadRevoked: LoadRevoked
  report: ReportKeys
}): Tokens {
  const { domain, publicUrl, machines } = o.config
  const users = archiveTokens({ secret: o.secret, domain, isRevoked: createRevocations(o.loadRevoked), isPublic: publicUrl !== undefined })
  const theirs = machines && machineTokens({ ...machines, keys: openKeySet(machines.jwks, o.report) })
  return {
    sign: users.sign,
    async verify(token) {
      if (token.length > longest) throw new Unauthenticated(`This token is not accepted: it is longer than ${longest} characters.`)
      return theirs && issuerOf(token) === machines.issuer ? theirs.verify(token) : users.verify(token)
    },
  }
}

const longest = 8_192

/** The id of a token that was verified before. */
export function tokenId(token: string): string {
  return decodeJwt(token).jti ?? ''
}

/** Not verified: use it only to choose the key. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    // Not a JWT; the verifier reports that.
    return undefined
  }
}
