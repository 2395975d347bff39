/**
 * Turns on the event loop, shared by all code in this process that works through large answers. Each round of the loop resumes one waiter
 * and serves sockets and timers in between. So another request waits for at most one slice of work, however many large answers are in
 * progress.
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
  /** Undefined while the slice lasts. When its time is up, a promise to await before continuing. */
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

  /** A slice also ends when the event loop goes round, because then other work has run. */
  function begin(): void {
    begunAt = performance.now()
    setImmediate(() => (begunAt = undefined))
  }
}

/**
 * Returns the items, all but the first few as promises. They resolve a few at a time, with a pause where a slice ends. GraphQL completes a
 * list of values in one go, but completes each promise when it resolves.
 */
export function slicedItems<Item>(items: readonly Item[], slices: Slices): readonly (Item | Promise<Item>)[] {
  const gates = Array.from({ length: Math.ceil(items.length / few) - 1 }, () => Promise.withResolvers<void>())
  void openAll(gates, slices)
  return items.map((item, i) => gates[Math.floor(i / few) - 1]?.promise.then(() => item) ?? item)
}

const few = 64

/** Like `items.map(each)`, with a pause where a slice ends. */
export async function mapInSlices<Item, To>(items: readonly Item[], each: (item: Item) => To): Promise<To[]> {
  const slices = startSlices()
  const mapped: To[] = []
  for (const [i, item] of items.entries()) {
    if (i % few === 0) await slices.pause()
    mapped.push(each(item))
  }
  return mapped
}

async function openAll(gates: readonly PromiseWithResolvers<void>[], slices: Slices): Promise<void> {
  for (const gate of gates) {
    await slices.pause()
    gate.resolve()
    // The consumer of these items resumes a few microtasks later, and its time must count.
    for (let i = 0; i < 4; i++) await undefined
  }
}
