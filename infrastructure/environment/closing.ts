export interface ClosingLog {
  warn(fields: object, message: string): void
}

/** Wraps the closing of a part so that it ends by the deadline. A failure is logged and does not delay other parts. */
export type Closing = (part: string, close: () => unknown) => () => Promise<void>

/** The time for all parts together. By default, Docker kills a process after 10 seconds and Kubernetes after 30. */
const allTogetherMs = 7_000
/** The least time for a part, even after the deadline; most parts close within it. */
const atLeastMs = 250

/** The time starts with the first part that closes. The process ends even if an unavailable dependency keeps a part from closing. */
export function closingWithin(log: ClosingLog, milliseconds = allTogetherMs): Closing {
  let deadline: number | undefined
  return (part, close) => async () => {
    deadline ??= performance.now() + milliseconds
    const left = Math.max(atLeastMs, deadline - performance.now())
    const late = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => late.resolve('late'), left)
    try {
      const how = await Promise.race([Promise.resolve(close()), late.promise])
      if (how === 'late')
        log.warn({ part, seconds: Math.round(left / 1_000) }, 'a part did not close in time; the process ends without waiting for it')
    } catch (err) {
      log.warn({ err, part }, 'a part did not close properly')
    } finally {
      clearTimeout(timer)
    }
  }
}
