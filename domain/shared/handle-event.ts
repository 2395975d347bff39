import type { DomainEvent } from './event.ts'

/** Port: events to act on, within the transaction of their effects. */
export interface EventInbox {
  /** Locks the event until the transaction ends; undefined when it has been handled or does not exist. */
  claim(eventId: string): Promise<DomainEvent | undefined>
  markHandled(eventId: string): Promise<void>
}

/** The handler of each type of event. A missing handler is a type error. */
export type EventHandlers = { readonly [Event in DomainEvent as Event['type']]: (event: Event) => Promise<void> }

/**
 * Acts on an event once, even if it is delivered several times: its effects and the mark commit together, and a second delivery
 * waits for the lock and finds the mark. Returns whether this delivery acted.
 */
export async function handleEvent(ports: { inbox: EventInbox; handlers: EventHandlers }, eventId: string): Promise<boolean> {
  const event = await ports.inbox.claim(eventId)
  if (event === undefined) return false
  await act(ports.handlers, event)
  await ports.inbox.markHandled(eventId)
  return true
}

function act(handlers: EventHandlers, event: DomainEvent): Promise<void> {
  switch (event.type) {
    case 'ConventionDeployed':
      return handlers.ConventionDeployed(event)
    case 'RecordsPublished':
      return handlers.RecordsPublished(event)
    case 'ReleaseCreated':
      return handlers.ReleaseCreated(event)
    case 'LivePointerMoved':
      return handlers.LivePointerMoved(event)
    case 'ReleaseStateChanged':
      return handlers.ReleaseStateChanged(event)
    case 'RunFinished':
      return handlers.RunFinished(event)
    case 'BatchFinished':
      return handlers.BatchFinished(event)
    case 'DepositionCreated':
      return handlers.DepositionCreated(event)
    case 'DepositionSubmitted':
      return handlers.DepositionSubmitted(event)
    case 'DepositionForwarded':
      return handlers.DepositionForwarded(event)
    case 'DepositionReturned':
      return handlers.DepositionReturned(event)
    case 'DepositionPublished':
      return handlers.DepositionPublished(event)
  }
}
