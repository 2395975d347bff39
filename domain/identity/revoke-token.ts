import { NotFound } from '@strata/domain/shared'
import type { TokenRepository } from './token.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Revokes a token. Idempotent. */
export async function revokeToken({ tokens }: { readonly tokens: TokenRepository }, id: string, actor: string): Promise<true> {
  if (uuid.test(id) && (await tokens.revoke(id, actor))) return true
  throw new NotFound('There is no token with this id; "tokens" lists them.', 'id')
}
