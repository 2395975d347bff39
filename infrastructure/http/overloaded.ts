import { Unavailable } from '@strata/domain/shared'

/** Answered with 503 and `Retry-After`: more is being asked than can be worked on, by others or by this caller. */
export class Overloaded extends Unavailable {
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}
