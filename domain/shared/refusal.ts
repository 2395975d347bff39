/**
 * An expected refusal: the request cannot be fulfilled, and the message says what to do instead. Any other thrown error is a
 * bug. `code` is the API's stable code; `field` is the input path at fault.
 */
export abstract class Refusal extends Error {
  abstract readonly code: RefusalCode
  readonly field: string | undefined

  constructor(message: string, field?: string) {
    super(message)
    this.name = new.target.name
    this.field = field
  }
}

export type RefusalCode =
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'CONTRACT_MISMATCH'
  | 'RESERVED_NAME'
  | 'STALE_LIVE_POINTER'
  | 'ALREADY_RUNNING'
  | 'STALE_VERSION'
  | 'WITHDRAWN'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'QUERY_TOO_COMPLEX'
  | 'PAYLOAD_TOO_LARGE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'

export class BadUserInput extends Refusal {
  readonly code = 'BAD_USER_INPUT'
}
export class NotFound extends Refusal {
  readonly code = 'NOT_FOUND'
}
export class Conflict extends Refusal {
  readonly code = 'CONFLICT'
}
export class ContractMismatch extends Refusal {
  readonly code = 'CONTRACT_MISMATCH'
}
export class ReservedName extends Refusal {
  readonly code = 'RESERVED_NAME'
}
export class StaleLivePointer extends Refusal {
  readonly code = 'STALE_LIVE_POINTER'
}
export class AlreadyRunning extends Refusal {
  readonly code = 'ALREADY_RUNNING'
}
/** Another version of the record is the newest. */
export class StaleVersion extends Refusal {
  readonly code = 'STALE_VERSION'
}
/** The record is withdrawn. */
export class Withdrawn extends Refusal {
  readonly code = 'WITHDRAWN'
}
export class Unauthenticated extends Refusal {
  readonly code = 'UNAUTHENTICATED'
}
export class Forbidden extends Refusal {
  readonly code = 'FORBIDDEN'
}
export class QueryTooComplex extends Refusal {
  readonly code = 'QUERY_TOO_COMPLEX'
}
export class PayloadTooLarge extends Refusal {
  readonly code = 'PAYLOAD_TOO_LARGE'
}
export class RateLimited extends Refusal {
  readonly code = 'RATE_LIMITED'
  /** When to try again, if known. */
  readonly retryAfterSeconds: number | undefined

  constructor(message: string, o: { readonly retryAfterSeconds?: number } = {}) {
    super(message)
    this.retryAfterSeconds = o.retryAfterSeconds
  }
}
export class Unavailable extends Refusal {
  readonly code = 'UNAVAILABLE'
}
