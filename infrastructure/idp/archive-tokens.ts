import { createTokens, type Tokens } from './tokens.ts'

/** The tokens of one archive. Every service of it derives the same names from the archive's domain, so none can differ. */
export function archiveTokens(o: { secret: string; domain: string }): Tokens {
  return createTokens({ secret: o.secret, issuer: `strata:${o.domain}`, audience: `strata:${o.domain}:api` })
}
