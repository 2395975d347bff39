import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'

/** A subgraph that runs in this process. */
export interface InProcessSubgraph {
  readonly name: string
  readonly schema: GraphQLSchema
  /** Called with the same headers that a call over HTTP would carry. */
  contextFor(headers: Readonly<Record<string, string>>): Promise<object>
  formatError(error: GraphQLError): GraphQLFormattedError
}
