import type { Json, Page, PageRequest } from '@strata/domain/shared'

/** One state-changing call, as it was written down in the transaction that it changed something in. Never altered. */
export interface AuditEvent {
  readonly position: bigint
  readonly at: Date
  readonly actor: string
  readonly operation: string
  readonly targets: readonly string[]
  /** Where the call came from: the address that the gateway saw. */
  readonly address?: string
  readonly requestId?: string
  readonly details: Json
}

export interface AuditFilter {
  readonly actor?: string | undefined
  readonly operation?: string | undefined
}

/** Port: reads the audit log, newest first. */
export interface AuditQueries {
  page(filter: AuditFilter, page: PageRequest<number>): Promise<Page<AuditEvent>>
  count(filter: AuditFilter): Promise<number>
}

export type ActorKind = 'USER' | 'MACHINE' | 'SYSTEM'

/** An actor is written as `user:…` or `machine:…`; everything else is the archive itself. */
export function actorKind(actor: string): ActorKind {
  if (actor.startsWith('user:')) return 'USER'
  return actor.startsWith('machine:') ? 'MACHINE' : 'SYSTEM'
}
