import { randomUUIDv7 } from 'node:crypto'
import type { Role } from './principal.ts'
import type { SignToken, TokenRepository } from './token.ts'

export interface TokenPorts {
  readonly tokens: TokenRepository
  readonly sign: SignToken
}

export interface TokenGrant {
  readonly subject: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
  readonly expiresInSeconds: number
  readonly isLocal: boolean
}

/** The only time at which the token is visible. */
export interface IssuedToken {
  readonly id: string
  readonly token: string
  readonly expiresAt: Date
}

/** Signs a token and stores its grant under its id, so that it can be revoked. */
export async function issueToken({ tokens, sign }: TokenPorts, grant: TokenGrant, actor: string): Promise<IssuedToken> {
  const { subject, roles, scopes, expiresInSeconds } = grant
  const id = randomUUIDv7()
  const token = await sign({ id, ...grant })
  const expiresAt = new Date(Date.now() + expiresInSeconds * 1000)
  await tokens.add({ id, subject, roles, scopes, createdBy: actor, expiresAt })
  return { id, token, expiresAt }
}
