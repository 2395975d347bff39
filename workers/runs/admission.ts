import type { BatchPriority } from '@strata/domain/run'
import { jobPriorities } from './run-jobs.ts'

/** What this machine may be asked to do at once. */
export interface Capacity {
  readonly concurrency: number
  readonly perHook: number
  readonly memoryBytes: number
}

interface Weight {
  readonly hook: string
  readonly convention: string
  readonly memoryBytes: number
  readonly priority: BatchPriority
}

export interface Admission {
  /** Waits until there is room; the answer makes it again, once. Rejects when the signal is aborted first. */
  enter(weight: Weight, signal: AbortSignal): Promise<() => void>
  /** Hooks that have as many places as they may. */
  fullHooks(): readonly string[]
}

interface Waiter {
  readonly weight: Weight
  admit(): void
}

/**
 * The urgent go first, then those of the convention with the fewest places, and otherwise in the order of arrival. One that waits for memory or a
 * place holds up those behind it, or it would wait for ever; one that waits for its own hook does not.
 */
export function admission(capacity: Capacity): Admission {
  const inside = new Set<Weight>()
  const waiting: Waiter[] = []

  function admitWhoFits(): void {
    for (let next = whoseTurn(); next !== undefined && hasRoom(next.weight); next = whoseTurn()) {
      waiting.splice(waiting.indexOf(next), 1)
      inside.add(next.weight)
      next.admit()
    }
  }

  function whoseTurn(): Waiter | undefined {
    const rank = ({ weight }: Waiter) => {
      const places = count(({ convention }) => convention === weight.convention)
      return [weight.priority === 'INTERACTIVE' ? 0 : 1, places, jobPriorities[weight.priority]] as const
    }
    const free = waiting.filter(({ weight }) => count(({ hook }) => hook === weight.hook) < capacity.perHook)
    // Sorting is stable, so equals stay in the order they came in.
    return free
      .map((waiter) => ({ waiter, rank: rank(waiter) }))
      .toSorted((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2])[0]?.waiter
  }

  function hasRoom({ memoryBytes }: Weight): boolean {
    const used = [...inside].reduce((sum, weight) => sum + weight.memoryBytes, 0)
    return inside.size === 0 || (inside.size < capacity.concurrency && used + memoryBytes <= capacity.memoryBytes)
  }

  function count(matches: (weight: Weight) => boolean): number {
    return [...inside].filter(matches).length
  }

  return {
    enter(weight, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<() => void>()
      const own = { ...weight }
      const waiter: Waiter = {
        weight: own,
        admit() {
          signal.removeEventListener('abort', giveUp)
          resolve(() => {
            if (inside.delete(own)) admitWhoFits()
          })
        },
      }
      function giveUp(): void {
        const at = waiting.indexOf(waiter)
        if (at !== -1) waiting.splice(at, 1)
        reject(signal.reason)
        admitWhoFits()
      }
      if (signal.aborted) {
        reject(signal.reason)
        return promise
      }
      signal.addEventListener('abort', giveUp, { once: true })
      waiting.push(waiter)
      admitWhoFits()
      return promise
    },
    fullHooks() {
      return [...new Set([...inside].map(({ hook }) => hook))].filter((hook) => count((weight) => weight.hook === hook) >= capacity.perHook)
    },
  }
}
