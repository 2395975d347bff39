import type { EventNotice, EventQueue } from './event-queue.ts'

/** Port: events that were handed to the queue and not handled. Events that are taken stay locked against other processes until the transaction ends. */
export interface OverdueEvents {
  take(patience: Patience, limit: number): Promise<readonly EventNotice[]>
  /** Starts the wait anew, twice as long as the one before. */
  markRequeued(eventIds: readonly string[]): Promise<void>
}

/** How long an event may stay unhandled: `seconds` at first, twice as long after each time, `atMostSeconds` in the end. */
export interface Patience {
  readonly seconds: number
  readonly atMostSeconds: number
}

/**
 * Tells the queue again of what it seems to have forgotten. An event that fails for good comes back ever more slowly,
 * so it is neither lost nor in the way.
 */
export async function reconcileOutbox(
  ports: { events: OverdueEvents; queue: EventQueue },
  o: { patience: Patience; limit: number },
): Promise<number> {
  const notices = await ports.events.take(o.patience, o.limit)
  if (notices.length === 0) return 0
  await ports.queue.requeue(notices)
  await ports.events.markRequeued(notices.map(({ eventId }) => eventId))
  return notices.length
}
