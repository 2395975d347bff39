/**
 * Turns on the event loop, shared by everything in this process that works through large answers. One waiter goes on in each
 * round of the loop, and sockets and timers are served in between: however many large answers are being made, another
 * request waits for one piece of work at most, not for one piece of each.
 */
const waiting: (() => void)[] = []

/** Resolves when it is this caller's turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(next)
  })
}

function next(): void {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(next)
}

/** How long one operation works before it waits for another turn. */
const sliceMs = 10

/** Divides the work of one operation into slices. */
export interface Slices {
  /** Undefined while the slice lasts; when it has taken its time, what to wait for before going on. */
  pause(): Promise<void> | undefined
}

export function startSlices(): Slices {
  let begunAt: number | undefined

  return {
    pause() {
      if (begunAt === undefined) begin()
      else if (performance.now() - begunAt > sliceMs) return turn()
      return undefined
    },
  }

  /** A slice ends by itself when the loop goes round: then others have had their turn. */
  function begin(): void {
    begunAt = performance.now()
    setImmediate(() => (begunAt = undefined))
  }
}

/**
 * The items, all but the first few as promises that resolve a few at a time, with a pause wherever a slice ends. GraphQL completes
 * a list in one go, whatever there is in it, and what is a promise when it comes.
 */
export function slicedItems<Item>(items: readonly Item[], slices: Slices): readonly (Item | Promise<Item>)[] {
  const gates = Array.from({ length: Math.ceil(items.length / few) - 1 }, () => Promise.withResolvers<void>())
  void openAll(gates, slices)
  return items.map((item, i) => gates[Math.floor(i / few) - 1]?.promise.then(() => item) ?? item)
}

const few = 64

async function openAll(gates: readonly PromiseWithResolvers<void>[], slices: Slices): Promise<void> {
  for (const gate of gates) {
    await slices.pause()
    gate.resolve()
    // Whoever waits for these items goes on a few microtasks later, and its time counts.
    for (let i = 0; i < 4; i++) await undefined
  }
}
