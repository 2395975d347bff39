/**
 * Reads ahead of the consumer, limited by bytes. At `most`, a producer waits even in the middle of a chunk; at `enough`, it does not
 * start the next one. So a slow consumer holds neither a connection nor a snapshot, only some memory.
 */
export interface ReadAhead<Piece> {
  put(piece: Piece, bytes: number): Promise<void>
  /** Waits until another chunk may start. */
  untilWanted(): Promise<void>
}

export async function* readAhead<Piece>(
  produce: (ahead: ReadAhead<Piece>, stop: AbortSignal) => Promise<void>,
  { enough, most, signal }: { readonly enough: number; readonly most: number; readonly signal: AbortSignal },
): AsyncGenerator<Piece, void> {
  const left = new AbortController()
  const stop = AbortSignal.any([signal, left.signal])
  const queue: { readonly piece: Piece; readonly bytes: number }[] = []
  let held = 0
  let changed = Promise.withResolvers<void>()
  const announce = () => {
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }
  stop.addEventListener('abort', announce)

  const below = async (limit: number) => {
    const isFull = () => held > limit && !stop.aborted
    while (isFull()) await changed.promise
    stop.throwIfAborted()
  }
  let end: { readonly error?: unknown } | undefined
  const producing = produce(
    {
      async put(piece, bytes) {
        queue.push({ piece, bytes })
        held += bytes
        announce()
        await below(most)
      },
      untilWanted: () => below(enough),
    },
    stop,
  )
    .then(
      () => (end = {}),
      (error: unknown) => (end = { error }),
    )
    .finally(announce)

  try {
    for (;;) {
      const next = queue.shift()
      if (next !== undefined) {
        held -= next.bytes
        announce()
        yield next.piece
      } else if (end !== undefined) {
        if ('error' in end) throw end.error
        return
      } else await changed.promise
    }
  } finally {
    // When the consumer stops, the producer is stopped too, and awaited: no work continues in the background.
    left.abort(new Error('the reader stopped'))
    await producing
  }
}
