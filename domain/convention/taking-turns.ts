/** Splits long work into short slices, so that other work in the process runs in between. */
export interface Turns {
  /** Whether this slice has run long enough. */
  isOver(): boolean
  /** Lets other work run, then starts another slice. */
  next(): Promise<void>
}

const turnMs = 20

export function takingTurns(): Turns {
  let began = performance.now()
  return {
    isOver: () => performance.now() - began > turnMs,
    async next() {
      await new Promise<void>((resolve) => setImmediate(resolve))
      began = performance.now()
    },
  }
}
