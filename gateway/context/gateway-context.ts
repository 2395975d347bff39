import { Unauthenticated } from '@strata/domain/shared'
import { anonymous, type Principal } from '@strata/domain/identity'

/** What one request carries through the gateway. */
export interface GatewayContext {
  readonly principal: Principal
  /** Built once a request; nothing else of what the client sent reaches a subgraph. */
  readonly subgraphHeaders: Readonly<Record<string, string>>
}

export type VerifyToken = (token: string) => Promise<Principal>

/** Verifies the caller here, so that a bad token is refused once and clearly; subgraphs verify it again for themselves. */
export function createContextFor(o: { verify: VerifyToken; gatewaySecret: string }) {
  return async (headers: Readonly<Record<string, string>>): Promise<GatewayContext> => {
    const subgraphHeaders: Record<string, string> = { 'x-strata-gateway': o.gatewaySecret }
    const requestId = headers['x-request-id']
    if (requestId !== undefined) subgraphHeaders['x-request-id'] = requestId

    const authorization = headers['authorization']
    if (authorization === undefined) return { principal: anonymous, subgraphHeaders }
    const token = bearerToken(authorization)
    return { principal: await o.verify(token), subgraphHeaders: { ...subgraphHeaders, authorization: `Bearer ${token}` } }
  }
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
  if (token === undefined) throw new Unauthenticated('The Authorization header is not understood; send it as "Authorization: Bearer …".')
  return token
}
