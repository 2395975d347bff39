import type { Principal } from '@strata/domain/identity'
import type { WatchedPart } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import type { SubgraphName } from './build-subgraph.ts'
import type { Headers } from './caller.ts'
import type { Loaders } from './loaders.ts'
import type { CallerFor } from './mount.ts'

/** What the `compose.ts` of a subgraph makes of its modules. What all subgraphs have in common is added in `subgraphs/compose.ts`. */
export interface ComposedSubgraph<Services = unknown> {
  readonly name: SubgraphName
  /** Those of each module. */
  readonly resolvers: readonly object[]
  readonly services: Services
  readonly loadersFor: (principal: Principal) => Loaders
  /** What it needs in order to serve. */
  readonly parts: readonly WatchedPart[]
  /** Registers what it serves beside GraphQL. */
  readonly mount?: (app: FastifyInstance, callerFor: CallerFor) => void
  /** Registers what it serves to the gateway itself. `admit` refuses other callers. */
  readonly mountForGateway?: (app: FastifyInstance, admit: (headers: Headers, purpose: 'revocations') => void) => void
}
