import { AsyncLocalStorage } from 'node:async_hooks'
import type { Change } from '@strata/domain/identity'
import type { DomainEvent } from '@strata/domain/shared'

/** A change on its way, and what its transaction says of it. */
export interface CurrentChange extends Change {
  noted: Noted
}

interface Noted {
  readonly targets: string[]
  readonly events: DomainEvent[]
}

/** Every transaction within `work` writes this change into the audit log before it commits. */
export function withinChange<T>(change: Change | undefined, work: () => T): T {
  return change === undefined ? work() : current.run({ ...change, noted: nothing() }, work)
}

export function currentChange(): CurrentChange | undefined {
  return current.getStore()
}

/** Says what else is changed, when the call could not name it: the id of what it makes. */
export function noteTarget(target: string): void {
  current.getStore()?.noted.targets.push(target)
}

export function noteEvent(event: DomainEvent): void {
  current.getStore()?.noted.events.push(event)
}

/** Drops what was noted so far: a transaction that is retried must not report what was rolled back. */
export function forgetNotes(): void {
  const change = current.getStore()
  if (change) change.noted = nothing()
}

function nothing(): Noted {
  return { targets: [], events: [] }
}

const current = new AsyncLocalStorage<CurrentChange>()
