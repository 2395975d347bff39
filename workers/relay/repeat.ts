/** A task that runs again and again, never twice at a time, until it is closed. */
export interface Repeating {
  /** Runs the task now, or once more if it is running: something may have come after it looked. */
  wake(): void
  /** Resolves when the task has come to rest. */
  close(): Promise<void>
}

export interface RepeatOptions {
  readonly everyMs: number
  /** Resolves with true when there is more to do at once. */
  readonly task: () => Promise<boolean>
  /** A task that fails is not the end: it runs again in its time. */
  readonly failed: (error: unknown) => void
}

export function repeat({ everyMs, task, failed }: RepeatOptions): Repeating {
  const stop = new AbortController()
  let woken = true
  let rouse: (() => void) | undefined

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      woken = false
      const more = await attempt()
      if (!more && !woken) await rest()
    }
  }

  async function attempt(): Promise<boolean> {
    try {
      return await task()
    } catch (error) {
      if (!stop.signal.aborted) failed(error)
      // Woken or not, what has just failed is not tried again at once.
      woken = false
      return false
    }
  }

  /** Until the time has come or somebody wakes it. */
  async function rest(): Promise<void> {
    if (stop.signal.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, everyMs)
    rouse = resolve
    await promise
    clearTimeout(timer)
  }

  const ended = run()
  return {
    wake() {
      woken = true
      rouse?.()
    },
    close() {
      stop.abort()
      rouse?.()
      return ended
    },
  }
}
