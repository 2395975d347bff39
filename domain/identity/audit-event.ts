import type { Json, Page, PageRequest } from '@strata/domain/shared'

/** One state-changing call, written in the same transaction as its changes. Immutable. */
export interface AuditEvent {
  readonly position: bigint
  readonly at: Date
  readonly actor: string
  readonly operation: string
  readonly targets: readonly string[]
  /** The caller's address, as the gateway saw it. */
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

/** Actors are `user:…`, `machine:…`, or the archive itself. */
export function actorKind(actor: string): ActorKind {
  if (actor.startsWith('user:')) return 'USER'
  return actor.startsWith('machine:') ? 'MACHINE' : 'SYSTEM'
}
