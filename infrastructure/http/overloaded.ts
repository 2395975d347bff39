import { Unavailable } from '@strata/domain/shared'

/** Answered with 503 and `Retry-After`: this caller, or all callers together, sent more work than the server can take. */
export class Overloaded extends Unavailable {
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}
