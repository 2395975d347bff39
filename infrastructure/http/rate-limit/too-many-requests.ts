import { RateLimited } from '@strata/domain/shared'
import type { Turn } from './bucket.ts'

export class TooManyRequests extends RateLimited {
  readonly turn: Turn
  constructor(whose: string, turn: Turn) {
    super(
      `More than ${turn.limit.toLocaleString('en-US')} requests a minute ${whose}; wait ${turn.retryAfterSeconds} s and send this one again.`,
      turn,
    )
    this.turn = turn
  }
}

/** The remaining allowance, for clients that slow down before they are refused. */
export function rateHeaders(turn: Turn): Record<string, string> {
  return {
    'ratelimit-limit': String(turn.limit),
    'ratelimit-remaining': String(turn.remaining),
    'ratelimit-reset': String(turn.resetSeconds),
    ...(turn.allowed ? {} : { 'retry-after': String(turn.retryAfterSeconds) }),
  }
}
