import type { GraphQLDataSource } from '@apollo/gateway'
import { execute, GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import { withSecret } from '../onward/with-secret.ts'
import { contextOf, type SubgraphRequest, type SubgraphResponse } from './data-source.ts'
import type { InProcessSubgraph } from './in-process-subgraph.ts'
import { createDocumentCache } from './document-cache.ts'
import { unavailable } from './unavailable.ts'

/** Runs the gateway's operations on a subgraph's schema, without HTTP in between. */
export function inProcessDataSource(subgraph: InProcessSubgraph, secret: string): GraphQLDataSource {
  const documents = createDocumentCache(subgraph.schema)

  return {
    async process(options: SubgraphRequest): Promise<SubgraphResponse> {
      try {
        const { query, variables, operationName } = options.request
        const { subgraphHeaders, signal } = contextOf(options)
        // The deadline was passed, or the caller left: nobody would read the answer.
        if (signal.aborted) return { errors: [unavailable(subgraph.name)] }
        const result = await execute({
          schema: subgraph.schema,
          document: documents.get(query ?? ''),
          contextValue: await subgraph.contextFor(withSecret(subgraphHeaders, secret)),
          variableValues: variables,
          operationName,
        })
        const errors = errorsOf(result, subgraph)
        return { data: result.data ?? null, ...(errors ? { errors } : {}) }
      } catch (error) {
        return { errors: [subgraph.formatError(asGraphQLError(error))] }
      }
    },
  }
}

function errorsOf(result: ExecutionResult, subgraph: InProcessSubgraph): readonly GraphQLFormattedError[] | undefined {
  // Without "data" nothing was run, because the variables do not fit: the caller's fault, as it is over HTTP.
  const unusable = !('data' in result)
  return result.errors?.map((error) => subgraph.formatError(unusable ? asBadInput(error) : error))
}

function asBadInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error.originalError ?? error,
    extensions: { code: 'BAD_USER_INPUT', ...error.extensions },
  })
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  const originalError = error instanceof Error ? error : new Error(String(error))
  return new GraphQLError(originalError.message, { originalError })
}
