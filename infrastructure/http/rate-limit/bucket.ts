/** Counts the requests of each key, in this process or for all processes. */
export interface Buckets {
  take(key: string, perMinute: number): Promise<Turn>
  close(): Promise<void>
}

/** The result for one request. A bucket holds the requests of one minute and refills continuously. */
export interface Turn {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Until the bucket is full again. */
  readonly resetSeconds: number
  /** Until the next request is allowed; 0 if this one was. */
  readonly retryAfterSeconds: number
}

export const minute = 60_000

/**
 * A token bucket stored as one number: the time when it will be full. Each request moves that time by its share of a minute, and
 * is refused if the time would be more than a minute ahead. `redis-buckets.ts` does the same in Lua.
 */
export function spend(fullAt: number, perMinute: number, now: number): { fullAt: number; turn: Turn } {
  const share = minute / perMinute
  const before = Math.max(fullAt, now)
  const after = before + share
  const allowed = after - now <= minute + rounding
  return { fullAt: allowed ? after : before, turn: turnOf({ allowed, ahead: (allowed ? after : before) - now, perMinute }) }
}

export function turnOf({ allowed, ahead, perMinute }: { allowed: boolean; ahead: number; perMinute: number }): Turn {
  const share = minute / perMinute
  return {
    allowed,
    limit: perMinute,
    remaining: allowed ? Math.max(0, Math.floor((minute - ahead + rounding) / share)) : 0,
    resetSeconds: Math.ceil(ahead / 1000),
    retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil((ahead + share - minute) / 1000)),
  }
}

/** Allows for floating-point error: the shares of a minute do not add up to exactly one minute. */
const rounding = 0.001
