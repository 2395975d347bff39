import type { AuditQueries, CreateTokenInput, IssuedToken, TokenQueries } from '@strata/domain/identity'

export interface IdentityServices {
  readonly tokens: TokenServices
  readonly audit: AuditQueries
}

interface TokenServices extends TokenQueries {
  readonly create: (input: CreateTokenInput, actor: string) => Promise<IssuedToken>
  readonly revoke: (id: string, actor: string) => Promise<true>
}
