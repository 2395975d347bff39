import type { Caller, Change, Principal } from '@strata/domain/identity'
import type { RunViews } from '@strata/domain/run'
import type { Operation } from '@strata/domain/shared'
import type { Loaders } from './loaders.ts'
import type { Services } from './services.ts'

/** The context of resolvers, created for each request. */
export interface SubgraphContext {
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
  /** Runs as this caller may see them. */
  readonly runs: RunViews
  readonly loaders: Loaders
  /** Runs `work` so that each of its transactions writes this change into the audit log. */
  readonly withinChange: <T>(change: Change | undefined, work: () => Promise<T>) => Promise<T>
}

/** What a mutation's resolver gets: its gate was passed, and `actor` is who passed it. */
export interface MutationContext extends SubgraphContext {
  readonly actor: string
  readonly caller: Caller
}
