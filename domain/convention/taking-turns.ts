/** Long work in short turns: everything else in the process gets on in between. */
export interface Turns {
  /** Whether this turn has lasted long enough. */
  isOver(): boolean
  /** Lets others work, and begins another turn. */
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
