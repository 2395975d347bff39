import type { RefusalCode } from '@strata/domain/shared'

/** The HTTP status of a refusal that ends a request before GraphQL begins. */
export function statusOf(code: RefusalCode): number {
  return statuses[code]
}

const statuses: Record<RefusalCode, number> = {
  BAD_USER_INPUT: 400,
  RESERVED_NAME: 400,
  QUERY_TOO_COMPLEX: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  CONTRACT_MISMATCH: 409,
  STALE_LIVE_POINTER: 409,
  ALREADY_RUNNING: 409,
  STALE_VERSION: 409,
  WITHDRAWN: 409,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
}
