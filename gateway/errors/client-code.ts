import type { RefusalCode } from '@strata/domain/shared'

export type ClientCode = RefusalCode | 'INTERNAL'

/** The stable code a client sees for whatever code an error came with. */
export function clientCode(code: string | undefined, o: { fromSubgraph: boolean }): ClientCode {
  if (code === undefined) return 'INTERNAL'
  if (isRefusalCode(code)) return code
  // Said by a subgraph, these mean that gateway and subgraph disagree about the schema: not the client's doing.
  if (!o.fromSubgraph && badRequests.has(code)) return 'BAD_USER_INPUT'
  return 'INTERNAL'
}

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code)
}

/** A record and not a list, so that a code added to the domain and forgotten here does not compile. */
const refusals: Record<RefusalCode, true> = {
  BAD_USER_INPUT: true,
  NOT_FOUND: true,
  CONFLICT: true,
  CONTRACT_MISMATCH: true,
  RESERVED_NAME: true,
  STALE_LIVE_POINTER: true,
  ALREADY_RUNNING: true,
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  QUERY_TOO_COMPLEX: true,
  PAYLOAD_TOO_LARGE: true,
  RATE_LIMITED: true,
  UNAVAILABLE: true,
}

const badRequests = new Set([
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])
