import type { EventNotice, EventQueue } from './event-queue.ts'

/** Port: events that were passed to the queue and not handled. Taken events stay locked against other processes until the transaction ends. */
export interface OverdueEvents {
  take(patience: Patience, limit: number): Promise<readonly EventNotice[]>
  /** Restarts the wait with twice the previous duration. */
  markRequeued(eventIds: readonly string[]): Promise<void>
}

/** How long an event may stay unhandled: `seconds` at first, doubled each time, up to `atMostSeconds`. */
export interface Patience {
  readonly seconds: number
  readonly atMostSeconds: number
}

/**
 * Re-queues events that the queue seems to have lost. A permanently failing event comes back less and less often, so it is not
 * lost and does not block others.
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
