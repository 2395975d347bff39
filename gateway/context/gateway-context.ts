import { anonymous, bearerToken, type Principal } from '@strata/domain/identity'

/** What one request carries through the gateway. */
export interface GatewayContext {
  readonly principal: Principal
  /** Built once a request; nothing else of what the client sent reaches a subgraph. The secret is added where the call is made. */
  readonly subgraphHeaders: Readonly<Record<string, string>>
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

export type VerifyToken = (token: string) => Promise<Principal>

/** Verifies the caller here, so that a bad token is refused once and clearly; subgraphs verify it again for themselves. */
export function createContextFor(o: { verify: VerifyToken }) {
  return async (headers: Readonly<Record<string, string>>, signal: AbortSignal, address?: string): Promise<GatewayContext> => {
    const subgraphHeaders: Record<string, string> = {}
    if (address !== undefined) subgraphHeaders['x-strata-address'] = address
    const requestId = headers['x-request-id']
    if (requestId !== undefined) subgraphHeaders['x-request-id'] = requestId

    const token = bearerToken(headers['authorization'])
    if (token === undefined) return { principal: anonymous, subgraphHeaders, signal }
    return { principal: await o.verify(token), subgraphHeaders: { ...subgraphHeaders, authorization: `Bearer ${token}` }, signal }
  }
}
