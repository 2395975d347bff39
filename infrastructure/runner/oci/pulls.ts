/** The pulls under way on one engine: one per image, however many runs wait for it. */
export interface Pulls {
  /** Waits for the pull of this image; starts it if none is under way. */
  of(reference: string, begin: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void>
}

interface Pull {
  readonly done: Promise<void>
  readonly abandoned: AbortController
  waiting: number
}

/** The limits on concurrent pulls. The total protects the engine; the limit per registry keeps a slow registry from blocking others. */
const most = { together: 8, ofRegistry: 2 }

export function pulls(): Pulls {
  const underWay = new Map<string, Pull>()
  const inside: string[] = []
  let left = Promise.withResolvers<void>()

  async function inTurn(reference: string, begin: () => Promise<void>, abandoned: AbortSignal): Promise<void> {
    const registry = reference.split('/', 1)[0] ?? ''
    while (inside.length >= most.together || inside.filter((each) => each === registry).length >= most.ofRegistry) {
      await left.promise
      abandoned.throwIfAborted()
    }
    inside.push(registry)
    try {
      await begin()
    } finally {
      inside.splice(inside.indexOf(registry), 1)
      left.resolve()
      left = Promise.withResolvers()
    }
  }

  function forget(reference: string, { signal }: AbortController): void {
    if (underWay.get(reference)?.abandoned.signal === signal) underWay.delete(reference)
  }

  return {
    async of(reference, begin, signal) {
      let pull = underWay.get(reference)
      if (pull === undefined) {
        const abandoned = new AbortController()
        const done = inTurn(reference, () => begin(abandoned.signal), abandoned.signal).finally(() => forget(reference, abandoned))
        pull = { done, abandoned, waiting: 0 }
        underWay.set(reference, pull)
      }
      pull.waiting += 1
      const { done, abandoned } = pull
      const gaveUp = Promise.withResolvers<never>()
      const giveUp = () => gaveUp.reject(signal.reason)
      if (signal.aborted) giveUp()
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        await Promise.race([done, gaveUp.promise])
      } finally {
        signal.removeEventListener('abort', giveUp)
        pull.waiting -= 1
        // No run waits for this image any more.
        if (pull.waiting === 0) {
          forget(reference, abandoned)
          abandoned.abort(signal.reason)
        }
      }
    },
  }
}
