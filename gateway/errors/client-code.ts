import type { RefusalCode } from '@strata/domain/shared'

export type ClientCode = RefusalCode | 'INTERNAL'

/** Maps the code of any error to a stable code for clients. */
export function clientCode(code: string | undefined, o: { fromSubgraph: boolean }): ClientCode {
  if (code === undefined) return 'INTERNAL'
  if (isRefusalCode(code)) return code
  // From a subgraph, these codes mean that gateway and subgraph disagree about the schema, which is not the client's fault.
  if (!o.fromSubgraph && badRequests.has(code)) return 'BAD_USER_INPUT'
  return 'INTERNAL'
}

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code)
}

/** A record instead of a list, so that a code that is missing here is a type error. */
const refusals: Record<RefusalCode, true> = {
  BAD_USER_INPUT: true,
  NOT_FOUND: true,
  CONFLICT: true,
  CONTRACT_MISMATCH: true,
  RESERVED_NAME: true,
  STALE_LIVE_POINTER: true,
  ALREADY_RUNNING: true,
  STALE_VERSION: true,
  WITHDRAWN: true,
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
