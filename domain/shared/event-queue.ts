/** What a worker is told of an event: where to find it, and the request that caused it. The event itself stays in its row. */
export interface EventNotice {
  readonly eventId: string
  /** As text: an event of a newer version of the archive must pass through an older relay. */
  readonly type: string
  readonly requestId: string | undefined
}

/** Port: wakes the workers for events. */
export interface EventQueue {
  /** Telling of an event twice changes nothing. */
  add(notices: readonly EventNotice[]): Promise<void>
  /** Makes events run that the queue has lost or given up; those it still holds are left alone. */
  requeue(notices: readonly EventNotice[]): Promise<void>
}
