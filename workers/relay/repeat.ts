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
  let closed = false
  let woken = true
  let rouse = () => {}

  async function run(): Promise<void> {
    while (!closed) {
      woken = false
      try {
        woken ||= await task()
      } catch (error) {
        failed(error)
        woken = false
      }
      if (!woken && !closed) await rest()
    }
  }

  /** Until the time has come or somebody wakes it. */
  async function rest(): Promise<void> {
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
      rouse()
    },
    close() {
      closed = true
      rouse()
      return ended
    },
  }
}
