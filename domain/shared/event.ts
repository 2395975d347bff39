/**
 * An event, written in the same transaction as the change it describes. The relay passes it to the queue, whose workers act on
 * it. An event names rows and does not copy them.
 */
export type DomainEvent =
  | ConventionDeployed
  | RecordsPublished
  | ReleaseCreated
  | LivePointerMoved
  | ReleaseStateChanged
  | RunFinished
  | BatchFinished
  | DepositionCreated
  | DepositionSubmitted
  | DepositionForwarded
  | DepositionReturned
  | DepositionPublished

export interface ConventionDeployed {
  readonly type: 'ConventionDeployed'
  readonly slug: string
  readonly created: boolean
}

/** One event per convention and transaction, however many records it published. */
export interface RecordsPublished {
  readonly type: 'RecordsPublished'
  readonly convention: string
  readonly recordIds: readonly string[]
}

export interface ReleaseCreated {
  readonly type: 'ReleaseCreated'
  readonly hook: string
  readonly version: number
}

export interface LivePointerMoved {
  readonly type: 'LivePointerMoved'
  readonly hook: string
  readonly from: number | null
  readonly to: number
}

export interface ReleaseStateChanged {
  readonly type: 'ReleaseStateChanged'
  readonly hook: string
  readonly version: number
  readonly state: 'ACTIVE' | 'DEPRECATED' | 'YANKED'
}

export interface RunFinished {
  readonly type: 'RunFinished'
  readonly run: string
  readonly hook: string
  readonly version: number
  readonly status: string
}

/** Written once, when the last run of a batch has ended, with any status. */
export interface BatchFinished {
  readonly type: 'BatchFinished'
  readonly batch: string
  readonly convention: string
}

interface DepositionCreated {
  readonly type: 'DepositionCreated'
  readonly deposition: string
}

/** Its hooks may start. `candidate` is new for each submission. */
export interface DepositionSubmitted {
  readonly type: 'DepositionSubmitted'
  readonly deposition: string
  readonly candidate: string
}

/** It passed its hooks and waits for a curator. */
interface DepositionForwarded {
  readonly type: 'DepositionForwarded'
  readonly deposition: string
}

/** It was returned to its owner; the reason is on the deposition. */
export interface DepositionReturned {
  readonly type: 'DepositionReturned'
  readonly deposition: string
  readonly status: 'DRAFT' | 'REJECTED'
  /** The candidate, if the owner withdrew it before the verdict. */
  readonly withdrawn: string | null
}

interface DepositionPublished {
  readonly type: 'DepositionPublished'
  readonly deposition: string
  readonly record: string
}

/** Port: appends to the outbox within the use case's transaction. */
export interface Outbox {
  append(event: DomainEvent): Promise<void>
}
