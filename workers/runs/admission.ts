import type { BatchPriority } from '@strata/domain/run'
import { jobPriorities } from './run-jobs.ts'

/** What this machine may be asked to do at once. */
export interface Capacity {
  readonly concurrency: number
  readonly perHook: number
  readonly memoryBytes: number
}

export interface Weight {
  readonly hook: string
  readonly memoryBytes: number
  readonly priority: BatchPriority
}

export interface Admission {
  /** Waits until there is room; the answer makes it again, once. Rejects when the signal is aborted first. */
  enter(weight: Weight, signal: AbortSignal): Promise<() => void>
}

interface Waiter {
  readonly weight: Weight
  admit(): void
}

/**
 * The urgent go first, and otherwise whoever came first. One that waits for memory or a place holds up those behind it,
 * or it would wait for ever; one that waits for its own hook does not.
 */
export function admission(capacity: Capacity): Admission {
  const inside = new Set<Weight>()
  const waiting: Waiter[] = []

  function admitWhoFits(): void {
    for (let i = 0; i < waiting.length; ) {
      const waiter = waiting[i]
      if (waiter === undefined) return
      if (count((weight) => weight.hook === waiter.weight.hook) >= capacity.perHook) i += 1
      else if (!hasRoom(waiter.weight)) return
      else {
        waiting.splice(i, 1)
        inside.add(waiter.weight)
        waiter.admit()
      }
    }
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
      const after = waiting.findIndex((other) => jobPriorities[other.weight.priority] > jobPriorities[weight.priority])
      waiting.splice(after === -1 ? waiting.length : after, 0, waiter)
      admitWhoFits()
      return promise
    },
  }
}
