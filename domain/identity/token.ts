import type { Page, PageRequest } from '@strata/domain/shared'
import type { Role } from './principal.ts'

/** The stored data of a token that this archive signed. The token itself is not stored. */
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
  /** False when there is no such token. Revoking again keeps the first revocation. */
  revoke(id: string, actor: string): Promise<boolean>
}

/** Port: signs with the archive's own secret. A local token is valid only while no public address is configured. */
export type SignToken = (token: {
  readonly id: string
  readonly subject: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
  readonly expiresInSeconds: number
  readonly isLocal?: boolean
}) => Promise<string>

/** Port: reads tokens, newest first. */
export interface TokenQueries {
  page(page: PageRequest<string>): Promise<Page<Token>>
  count(): Promise<number>
}
