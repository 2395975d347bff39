import type { Log } from '../log.ts'
import { repeat } from './repeat.ts'

/** One batch of each; what they return is how many events it held. */
export interface RelayTasks {
  /** Marks events that were handed to the queue and not handled: the queue may have lost them. */
  tellAgain(): Promise<void>
  relay(limit: number): Promise<number>
  reconcile(limit: number): Promise<number>
  sweep(limit: number): Promise<number>
}

export interface RelayPace {
  /** Between two polls of the outbox when there is no notification. */
  readonly pollMs: number
  readonly reconcileMs: number
  readonly sweepMs: number
}

export interface Relay {
  /** There may be something in the outbox. */
  wake(): void
  /** The queue was away. What it was told of may be gone, and is handed to it again. */
  queueIsBack(): void
  close(): Promise<void>
}

export function startRelay({ tasks, pace, log }: { tasks: RelayTasks; pace: RelayPace; log: Log }): Relay {
  // At the start, too: the queue may have been lost while no worker ran.
  let mayHaveForgotten = true
  const relay = repeat({
    everyMs: pace.pollMs,
    async task() {
      if (mayHaveForgotten) {
        await tasks.tellAgain()
        mayHaveForgotten = false
      }
      return (await tasks.relay(500)) === 500
    },
    failed: (err) => log.error({ err }, 'events could not be handed to the queue; this is tried again'),
  })
  const reconciler = repeat({
    everyMs: pace.reconcileMs,
    task: async () => {
      const requeued = await tasks.reconcile(200)
      if (requeued > 0) log.warn({ events: requeued }, 'events that were not handled were put into the queue again')
      return requeued === 200
    },
    failed: (err) => log.error({ err }, 'unhandled events could not be looked for; this is tried again'),
  })
  const sweeper = repeat({
    everyMs: pace.sweepMs,
    task: async () => (await tasks.sweep(1_000)) === 1_000,
    failed: (err) => log.error({ err }, 'handled events could not be deleted; this is tried again'),
  })
  return {
    wake: () => relay.wake(),
    queueIsBack() {
      mayHaveForgotten = true
      relay.wake()
    },
    close: async () => void (await Promise.all([relay.close(), reconciler.close(), sweeper.close()])),
  }
}
