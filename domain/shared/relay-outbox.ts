import type { EventNotice, EventQueue } from './event-queue.ts'

/** Port: events that were not yet passed to the queue, oldest first. Taken events stay locked against other relays until the transaction ends. */
export interface UnrelayedEvents {
  take(limit: number): Promise<readonly EventNotice[]>
  markRelayed(eventIds: readonly string[]): Promise<void>
  /** Adds events that were relayed and not handled, because the queue may have lost them. */
  addUnhandled(): Promise<void>
}

/**
 * Passes committed events to the queue. It adds the job first and marks the event second, so a crash in between only repeats the
 * job, and the queue ignores the known id. Returns the number of events.
 */
export async function relayOutbox(ports: { events: UnrelayedEvents; queue: EventQueue }, o: { limit: number }): Promise<number> {
  const notices = await ports.events.take(o.limit)
  if (notices.length === 0) return 0
  await ports.queue.add(notices)
  await ports.events.markRelayed(notices.map(({ eventId }) => eventId))
  return notices.length
}
