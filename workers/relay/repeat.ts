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
  /** A task that fails is not the end: it runs again in its time. Called when it begins to fail, and when it fails in another way. */
  readonly failed: (error: unknown) => void
}

export function repeat({ everyMs, task, failed }: RepeatOptions): Repeating {
  const stop = new AbortController()
  let woken = true
  let rouse: (() => void) | undefined
  let reported: string | undefined

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      woken = false
      const more = await attempt()
      if (!more && !woken) await rest()
    }
  }

  async function attempt(): Promise<boolean> {
    try {
      const more = await task()
      reported = undefined
      return more
    } catch (error) {
      const reason = reasonOf(error)
      if (!stop.signal.aborted && reason !== reported) failed(error)
      reported = reason
      // Woken or not, what has just failed is not tried again at once.
      woken = false
      return false
    }
  }

  /** Waits until the interval has passed or a caller wakes it. */
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

/** The code, if there is one: messages may hold what differs each time, like a port. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
