/** How much may run at once, in units of cost. */
export interface SlotLimits {
  /** Total cost of the running operations that are not small. */
  readonly costAtOnce: number
  /** How many operations may wait, per caller and in total. */
  readonly waitingPerCaller: number
  readonly waiting: number
  /** Creates the refusal for an operation beyond the waiting limit. */
  refuse(): Error
}

/** Releases the room that `enter` took. */
type Leave = () => void

export interface Slots {
  /** Resolves when there is room. Rejects when too many operations wait already, or when `signal` is aborted first. */
  enter(o: { readonly cost: number; readonly caller: string; readonly signal: AbortSignal }): Promise<Leave>
}

interface Waiting {
  readonly cost: number
  readonly admit: () => void
}

/**
 * A semaphore weighted by cost. One event loop runs all operations, so the amount of started work matters, not the number of callers. Large
 * operations take turns: caller by caller, and first in, first out within a caller. Small operations (at most a hundredth of the capacity)
 * have the same capacity again for themselves and do not wait for large ones.
 */
export function createSlots({ costAtOnce, waitingPerCaller, waiting: mostWaiting, refuse }: SlotLimits): Slots {
  const large = room(costAtOnce, waitingPerCaller, mostWaiting, refuse)
  const small = room(costAtOnce, waitingPerCaller, mostWaiting, refuse)
  const mostOfSmall = costAtOnce / 100
  return { enter: (o) => (o.cost <= mostOfSmall ? small({ ...o, cost: Math.max(o.cost, costAtOnce / 1_000) }) : large(o)) }
}

function room(capacity: number, mostPerCaller: number, mostWaiting: number, refuse: () => Error): Slots['enter'] {
  let taken = 0
  let count = 0
  /** A map keeps the order of its keys: move a caller to the end after its turn. */
  const queues = new Map<string, Waiting[]>()

  return ({ cost: asked, caller, signal }) =>
    new Promise<Leave>((resolve, reject) => {
      // An operation that costs more than the capacity runs alone.
      const cost = Math.min(Math.max(asked, 1), capacity)
      const queue = queues.get(caller) ?? []
      if (count === 0 && taken + cost <= capacity) return resolve(take(cost))
      if (count >= mostWaiting || queue.length >= mostPerCaller) return reject(refuse())
      const leaveQueue = () => {
        remove(caller, entry)
        reject(signal.reason)
        admitNext()
      }
      const entry: Waiting = {
        cost,
        admit() {
          signal.removeEventListener('abort', leaveQueue)
          resolve(take(cost))
        },
      }
      if (signal.aborted) return reject(signal.reason)
      signal.addEventListener('abort', leaveQueue, { once: true })
      queue.push(entry)
      queues.set(caller, queue)
      count++
    })

  function take(cost: number): Leave {
    taken += cost
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      taken -= cost
      admitNext()
    }
  }

  /** Serves the next caller first. If its operation does not fit yet, no other operation overtakes it, or a large one would wait for ever. */
  function admitNext(): void {
    for (const [caller, queue] of queues) {
      const [next] = queue
      if (next === undefined || taken + next.cost > capacity) return
      remove(caller, next)
      const rest = queues.get(caller)
      if (rest !== undefined) {
        queues.delete(caller)
        queues.set(caller, rest)
      }
      next.admit()
      return admitNext()
    }
  }

  function remove(caller: string, entry: Waiting): void {
    const queue = queues.get(caller) ?? []
    const at = queue.indexOf(entry)
    if (at === -1) return
    queue.splice(at, 1)
    count--
    if (queue.length === 0) queues.delete(caller)
  }
}
