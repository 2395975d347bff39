/** A worker's notice of an event: its id, and the request that caused it. The event itself stays in its row. */
export interface EventNotice {
  readonly eventId: string
  /** As text, so that events of a newer version of the archive can pass through an older relay. */
  readonly type: string
  readonly requestId: string | undefined
}

/** Port: wakes the workers for events. */
export interface EventQueue {
  /** Adding the same event again changes nothing. */
  add(notices: readonly EventNotice[]): Promise<void>
  /** Adds the jobs of events that the queue has lost or given up. Jobs that it still has are unchanged. */
  requeue(notices: readonly EventNotice[]): Promise<void>
}
