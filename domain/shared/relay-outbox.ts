import type { EventNotice, EventQueue } from './event-queue.ts'

/** Port: events that were not handed to the queue yet, oldest first. Events that are taken stay locked against other relays until the transaction ends. */
export interface UnrelayedEvents {
  take(limit: number): Promise<readonly EventNotice[]>
  markRelayed(eventIds: readonly string[]): Promise<void>
  /** Adds the events that were told of and not handled: the queue may have forgotten them. */
  addUnhandled(): Promise<void>
}

/**
 * Hands committed events to the queue. Told first, marked second: a crash between the two only tells it again, and the
 * queue knows the id already. Returns how many there were.
 */
export async function relayOutbox(ports: { events: UnrelayedEvents; queue: EventQueue }, o: { limit: number }): Promise<number> {
  const notices = await ports.events.take(o.limit)
  if (notices.length === 0) return 0
  await ports.queue.add(notices)
  await ports.events.markRelayed(notices.map(({ eventId }) => eventId))
  return notices.length
}
