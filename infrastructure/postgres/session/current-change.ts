import { AsyncLocalStorage } from 'node:async_hooks'
import type { Change } from '@strata/domain/identity'
import type { DomainEvent } from '@strata/domain/shared'

/** A change in progress, with the notes of its transaction. */
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

/** Adds a target that the call could not name, like the id of something that it creates. */
export function noteTarget(target: string): void {
  current.getStore()?.noted.targets.push(target)
}

export function noteEvent(event: DomainEvent): void {
  current.getStore()?.noted.events.push(event)
}

/** Drops the notes, because a retried transaction must not report what was rolled back. */
export function forgetNotes(): void {
  const change = current.getStore()
  if (change) change.noted = nothing()
}

function nothing(): Noted {
  return { targets: [], events: [] }
}

const current = new AsyncLocalStorage<CurrentChange>()
