import type { ImportLine } from '@strata/domain/record'

/** Lines as they were read, and how much text they were. */
export interface LineBatch {
  readonly lines: readonly ImportLine[]
  readonly size: number
}

export interface ChunkLimits {
  readonly lines: number
  readonly size: number
  /** How long a line waits for others when none come. */
  readonly patienceMs: number
}

/** As many as are written quickly in one transaction, and as much as may be in memory several times. */
const usual: ChunkLimits = { lines: 5_000, size: 8_000_000, patienceMs: 500 }

/**
 * Makes chunks of lines: full ones while lines come fast, smaller ones when they trickle. What was read before a failure
 * (or before `stop`) is handed on first.
 */
export async function* gather(
  batches: AsyncIterable<LineBatch>,
  stop: AbortSignal,
  limits: ChunkLimits = usual,
): AsyncGenerator<readonly ImportLine[], void> {
  const source = batches[Symbol.asyncIterator]()
  let chunk: ImportLine[] = []
  let size = 0
  const take = () => {
    const full = chunk
    chunk = []
    size = 0
    return full
  }
  try {
    let next = source.next()
    for (;;) {
      const arrival = await settled(next, stop, chunk.length > 0 ? limits.patienceMs : undefined)
      if (arrival.is === 'nothing') {
        yield take()
        continue
      }
      if (arrival.is === 'failure') {
        if (chunk.length > 0) yield take()
        throw arrival.fault
      }
      if (arrival.result.done) break
      for (const line of arrival.result.value.lines) chunk.push(line)
      size += arrival.result.value.size
      next = source.next()
      // Its failure is met in the next round.
      next.catch(() => {})
      if (chunk.length >= limits.lines || size >= limits.size) yield take()
    }
    if (chunk.length > 0) yield take()
  } finally {
    void source.return?.()
  }
}

type Arrival<T> =
  | { readonly is: 'result'; readonly result: T }
  | { readonly is: 'failure'; readonly fault: unknown }
  | { readonly is: 'nothing' }

/** Not a race with a promise that lives as long as the import: each round would leave something on it. */
function settled<T>(promise: Promise<T>, stop: AbortSignal, patienceMs: number | undefined): Promise<Arrival<T>> {
  return new Promise((resolve) => {
    const settle = (arrival: Arrival<T>) => {
      clearTimeout(timer)
      stop.removeEventListener('abort', onStop)
      resolve(arrival)
    }
    const onStop = () => settle({ is: 'failure', fault: stop.reason })
    const timer = patienceMs === undefined ? undefined : setTimeout(() => settle({ is: 'nothing' }), patienceMs)
    stop.addEventListener('abort', onStop)
    if (stop.aborted) onStop()
    promise.then(
      (result) => settle({ is: 'result', result }),
      (fault: unknown) => settle({ is: 'failure', fault }),
    )
  })
}
