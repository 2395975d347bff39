/** Counts what each key has used of its rate, in this process or for all of them. */
export interface Buckets {
  take(key: string, perMinute: number): Promise<Turn>
  close(): Promise<void>
}

/** What one request was told. A bucket holds a minute's worth and refills all the time. */
export interface Turn {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Until the bucket is full again. */
  readonly resetSeconds: number
  /** Until the next request is let through; 0 when this one was. */
  readonly retryAfterSeconds: number
}

export const minute = 60_000

/**
 * A token bucket as one number: the moment at which it is full again. Each request moves that on by its share of a
 * minute, and is refused when it would lie more than a minute ahead. `redis-buckets.ts` does the same in Lua.
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

/** A minute's shares, added up, are not exactly a minute. */
const rounding = 0.001
