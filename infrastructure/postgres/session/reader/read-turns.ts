import { RateLimited } from '@strata/domain/shared'

export interface TurnLimits {
  /** How many reads may run at once, over all callers. */
  readonly callers: number
  /** How many reads of one caller may run at once. */
  readonly perCaller: number
  /** These last turns go only to callers who hold none. */
  readonly spare: number
  /** How many reads of one caller may wait. */
  readonly waiting: number
  readonly waitMs: number
}

class TooManyReads extends RateLimited {
  constructor(limit: number) {
    super(`Too many of your queries are waiting; at most ${limit} may run at once. Wait a few seconds, or send fewer queries.`, {
      retryAfterSeconds: 5,
    })
  }
}

/** Returns a turn. */
export type EndTurn = () => void

interface Waiting {
  admit(): void
}

/**
 * Decides who reads next. Every caller may hold a few turns; further reads wait in a queue per caller, and the queues are served in
 * rotation. So a caller who sends a hundred heavy queries does not slow down other callers. Work without a caller, such as a health check,
 * is not counted here: it has reserved connections.
 */
export class ReadTurns {
  readonly #limits: TurnLimits
  readonly #held = new Map<string, number>()
  /** In the order in which callers are served. */
  readonly #lines = new Map<string, Waiting[]>()
  #total = 0

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  async take(caller: string): Promise<EndTurn> {
    const line = this.#lines.get(caller) ?? []
    if (line.length === 0 && this.#isFree(caller)) return this.#begin(caller)
    if (line.length >= this.#limits.waiting) throw new TooManyReads(this.#limits.perCaller)
    return new Promise<EndTurn>((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          clearTimeout(deadline)
          resolve(this.#begin(caller))
        },
      }
      const deadline = setTimeout(() => {
        this.#leave(caller, waiting)
        reject(new TooManyReads(this.#limits.perCaller))
      }, this.#limits.waitMs)
      line.push(waiting)
      this.#lines.set(caller, line)
    })
  }

  #isFree(caller: string): boolean {
    const held = this.#held.get(caller) ?? 0
    const room = held === 0 ? this.#limits.callers : this.#limits.callers - this.#limits.spare
    return held < this.#limits.perCaller && this.#total < room
  }

  #begin(caller: string): EndTurn {
    this.#total++
    this.#held.set(caller, (this.#held.get(caller) ?? 0) + 1)
    let hasEnded = false
    return () => {
      if (hasEnded) return
      hasEnded = true
      this.#total--
      const left = (this.#held.get(caller) ?? 1) - 1
      if (left === 0) this.#held.delete(caller)
      else this.#held.set(caller, left)
      this.#admitNext()
    }
  }

  #admitNext(): void {
    for (const [caller, line] of this.#lines) {
      const [next] = line
      if (next === undefined || !this.#isFree(caller)) continue
      this.#leave(caller, next)
      // Move the served caller to the end of the line.
      if (line.length > 0) {
        this.#lines.delete(caller)
        this.#lines.set(caller, line)
      }
      next.admit()
      return
    }
  }

  #leave(caller: string, waiting: Waiting): void {
    const line = this.#lines.get(caller) ?? []
    const at = line.indexOf(waiting)
    if (at !== -1) line.splice(at, 1)
    if (line.length === 0) this.#lines.delete(caller)
  }
}
