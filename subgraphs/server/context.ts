import type { Caller, Change, Principal } from '@strata/domain/identity'
import type { Operation } from '@strata/domain/shared'
import type { Loaders } from './loaders.ts'

/** The context of resolvers, created for each request: it has the services and loaders of their own subgraph. */
export interface SubgraphContext<Services = unknown, Own extends Loaders = Loaders> {
  /** The query that this request runs; undefined when the request must run to its end. */
  readonly operation?: Operation | undefined
  readonly principal: Principal
  /** This node's domain, the one in its records' names. */
  readonly domain: string
  /** That of the archive's code. */
  readonly version: string
  /** Where people reach this archive, when it was told. */
  readonly publicUrl: string | undefined
  readonly services: Services
  readonly loaders: Own
  /** Runs `work` so that each of its transactions writes this change into the audit log. */
  readonly withinChange: <T>(change: Change | undefined, work: () => Promise<T>) => Promise<T>
}

/** What a mutation's resolver gets: its gate was passed, and `actor` is who passed it. */
export interface SubgraphMutationContext<Services = unknown, Own extends Loaders = Loaders> extends SubgraphContext<Services, Own> {
  readonly actor: string
  readonly caller: Caller
}
