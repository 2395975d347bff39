export interface ClosingLog {
  warn(fields: object, message: string): void
}

/** Makes the closing of a part safe to wait for: it ends by the deadline, and what goes wrong is logged and holds up no other part. */
export type Closing = (part: string, close: () => unknown) => () => Promise<void>

/** All parts together get this long; Docker and Kubernetes kill what takes 10 and 30 seconds by default. */
const allTogetherMs = 7_000
/** A part whose turn comes after the deadline still gets a moment, in which most parts close. */
const atLeastMs = 250

/** The time counts from the first part that closes. A dependency that is away may keep a part from closing for ever; its process ends all the same. */
export function closingWithin(log: ClosingLog, milliseconds = allTogetherMs): Closing {
  let deadline: number | undefined
  return (part, close) => async () => {
    deadline ??= performance.now() + milliseconds
    const left = Math.max(atLeastMs, deadline - performance.now())
    const late = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => late.resolve('late'), left)
    try {
      const how = await Promise.race([Promise.resolve(close()), late.promise])
      if (how === 'late') log.warn({ part, seconds: Math.round(left / 1_000) }, 'a part did not close in time and is left as it is')
    } catch (err) {
      log.warn({ err, part }, 'a part did not close properly')
    } finally {
      clearTimeout(timer)
    }
  }
}
