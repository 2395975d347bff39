import { anonymous, bearerToken, type Principal } from '@strata/domain/identity'
import type { Operation } from '@strata/domain/shared'

/** The context of a request in the gateway. */
export interface GatewayContext {
  readonly principal: Principal
  /** Built once per request; a subgraph gets no other client headers. The code that calls the subgraph adds the secret. */
  readonly subgraphHeaders: Readonly<Record<string, string>>
  /** The running operation: whether the caller still waits for it, and how much it may answer. */
  readonly operation: Operation
}

export type VerifyToken = (token: string) => Promise<Principal>

/** Verifies the caller, so that a bad token gets a single, clear error. Subgraphs verify the token again. */
export function createContextFor(o: { verify: VerifyToken }) {
  return async (headers: Readonly<Record<string, string>>, operation: Operation, address?: string): Promise<GatewayContext> => {
    const subgraphHeaders: Record<string, string> = {}
    if (address !== undefined) subgraphHeaders['x-strata-address'] = address
    const requestId = headers['x-request-id']
    if (requestId !== undefined) subgraphHeaders['x-request-id'] = requestId

    const token = bearerToken(headers['authorization'])
    if (token === undefined) return { principal: anonymous, subgraphHeaders, operation }
    return { principal: await o.verify(token), subgraphHeaders: { ...subgraphHeaders, authorization: `Bearer ${token}` }, operation }
  }
}
