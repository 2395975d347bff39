import { issueToken, revokeToken, type IssuedToken, type SignToken, type TokenGrant, type TokenRepository } from '@strata/domain/identity'

/** What a person with access to the archive's machine may do there without a token. */
export interface Operator {
  issue(grant: TokenGrant, by: Doing): Promise<IssuedToken>
  revoke(id: string, by: Doing): Promise<void>
}

/** What the audit log says of it. */
interface Doing {
  readonly operation: string
  readonly actor: string
}

/** Runs `work` in one transaction that writes the audit log. */
type Change = <T>(by: Doing, work: (tokens: TokenRepository) => Promise<T>) => Promise<T>

export function operatorOf(change: Change, sign: SignToken): Operator {
  return {
    issue: (grant, by) => change(by, (tokens) => issueToken({ tokens, sign }, grant, by.actor)),
    revoke: (id, by) => change(by, async (tokens) => void (await revokeToken({ tokens }, id, by.actor))),
  }
}
