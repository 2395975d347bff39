import type { Page, PageRequest } from '@strata/domain/shared'
import type { Role } from './principal.ts'

/** What is kept of a token that this archive signed. The token itself is never kept. */
export interface Token {
  readonly id: string
  readonly subject: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt?: Date
  readonly revokedBy?: string
}

type NewToken = Omit<Token, 'createdAt' | 'revokedAt' | 'revokedBy'>

/** Port: the tokens of this archive, within a transaction. */
export interface TokenRepository {
  add(token: NewToken): Promise<void>
  /** False when there is no such token. One that was revoked before stays as it was. */
  revoke(id: string, actor: string): Promise<boolean>
}

/** Port: signs with the archive's own secret. A local token is good only as long as no public address is configured. */
export type SignToken = (token: {
  readonly id: string
  readonly subject: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
  readonly expiresInSeconds: number
  readonly isLocal?: boolean
}) => Promise<string>

/** Port: what is read of the tokens, newest first. */
export interface TokenQueries {
  page(page: PageRequest<string>): Promise<Page<Token>>
  count(): Promise<number>
}
