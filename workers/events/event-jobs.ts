import type { EventNotice } from '@strata/domain/shared'

/** What a job of the event queue carries; its id is the event's. */
export type EventJob = EventNotice

export const eventJobs = { name: 'events', parse: parseEventJob }

function parseEventJob(data: unknown): EventJob {
  if (isEventJob(data)) return { eventId: data.eventId, type: data.type, requestId: data.requestId }
  throw new Error(`this is not a job of the queue "events": ${JSON.stringify(data)}`)
}

function isEventJob(data: unknown): data is EventJob {
  if (typeof data !== 'object' || data === null || !('eventId' in data) || !('type' in data)) return false
  const requestId = 'requestId' in data ? data.requestId : undefined
  return typeof data.eventId === 'string' && typeof data.type === 'string' && ['string', 'undefined'].includes(typeof requestId)
}
