import type { Operation } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'

/** A subgraph that runs in this process. */
export interface InProcessSubgraph {
  readonly name: string
  readonly schema: GraphQLSchema
  /** Called with the same headers that a call over HTTP would carry. */
  contextFor(headers: Readonly<Record<string, string>>, operation: Operation | undefined): Promise<object>
  /** Runs `work` so that aborting the operation cancels its statements, and their reads count for the operation. */
  within<T>(operation: Operation | undefined, work: () => Promise<T>): Promise<T>
  formatError(error: GraphQLError): GraphQLFormattedError
  /** Registers its plain HTTP routes for clients. */
  mount?(app: FastifyInstance): void
}
