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

/** How long work may go on before it waits for another turn. */
const sliceMs = 10

/**
 * Divides the work of one operation into slices. `isOver` says that this slice has taken its time; work that is put off with
 * `later` goes on in the operation's next turn, in order, and in more than one turn when it takes longer than a slice.
 */
export function startSlices(): { isOver(): boolean; later<T>(work: () => T | Promise<T>): Promise<T> } {
  let begunAt: number | undefined
  let isSliceOver = false
  let calls = 0
  let putOff: (() => void)[] = []
  /** The first of them that is not done. */
  let next = 0
  let isResuming = false

  return {
    isOver() {
      if (begunAt === undefined) begin()
      // A look at the clock costs as much as a simple field; every sixteenth call is often enough.
      else if (!isSliceOver && ++calls % 16 === 0) look(begunAt)
      return isSliceOver
    },
    later(work) {
      return new Promise((resolve) => {
        putOff.push(() => resolve(Promise.try(work)))
        if (!isResuming) void resume()
      })
    },
  }

  /** The slice ends by itself when the loop goes round: then others have had their turn. */
  function begin(): void {
    begunAt = performance.now()
    isSliceOver = false
    setImmediate(() => {
      begunAt = undefined
      isSliceOver = false
    })
  }

  function look(since: number): void {
    isSliceOver = performance.now() - since > sliceMs
  }

  async function resume(): Promise<void> {
    isResuming = true
    while (putOff.length > 0) {
      await turn()
      begin()
      let done = 0
      while (next < putOff.length && !isSliceOver) {
        putOff[next++]?.()
        if (++done % 16 === 0) look(begunAt ?? 0)
      }
      // Work that is done may have put more off, after what already waits.
      if (next === putOff.length) {
        putOff = []
        next = 0
      }
    }
    isResuming = false
  }
}
