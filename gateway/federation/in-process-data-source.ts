import type { GraphQLDataSource } from '@apollo/gateway'
import { turn, type Operation } from '@strata/domain/shared'
import { execute, GraphQLError, OperationTypeNode, type DocumentNode, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import { withSecret } from '../onward/with-secret.ts'
import { contextOf, type SubgraphRequest, type SubgraphResponse } from './data-source.ts'
import type { InProcessSubgraph } from './in-process-subgraph.ts'
import { createDocumentCache } from './document-cache.ts'
import { fewErrors } from './few-errors.ts'
import { unavailable } from './unavailable.ts'

/** Runs the gateway's operations directly on a subgraph's schema, without HTTP. */
export function inProcessDataSource(subgraph: InProcessSubgraph, secret: string): GraphQLDataSource {
  const documents = createDocumentCache(subgraph.schema)

  return {
    async process(options: SubgraphRequest): Promise<SubgraphResponse> {
      const { query, variables, operationName } = options.request
      const { subgraphHeaders, operation } = contextOf(options)
      try {
        // The deadline has passed or the client has disconnected, so nothing would read the answer.
        if (operation.signal.aborted) return unavailable(subgraph.name, options)
        const document = documents.get(query ?? '')
        // A mutation that has started runs to its end.
        const abandonable = isChange(document) ? undefined : operation
        const work = async () =>
          execute({
            schema: subgraph.schema,
            document,
            contextValue: await subgraph.contextFor(withSecret(subgraphHeaders, secret), abandonable),
            variableValues: variables,
            operationName,
          })
        const result = await untilGivenUp(abandonable, subgraph.within(abandonable, work))
        // The gateway merges and shapes the answer in one synchronous step, so let other work run first.
        await turn()
        const errors = errorsOf(result, subgraph)
        return { data: result.data ?? null, ...(errors ? { errors } : {}) }
      } catch (error) {
        if (operation.signal.aborted) return unavailable(subgraph.name, options)
        return { errors: [subgraph.formatError(asGraphQLError(error))] }
      }
    },
  }
}

/** An aborted execution never settles. Its fields stop resolving, and no reference keeps them alive. */
async function untilGivenUp<T>(operation: Operation | undefined, work: Promise<T>): Promise<T> {
  if (operation === undefined) return work
  const { signal } = operation
  const givenUp = Promise.withResolvers<never>()
  const end = () => givenUp.reject(signal.reason)
  signal.addEventListener('abort', end, { once: true })
  try {
    return await Promise.race([work, givenUp.promise])
  } finally {
    signal.removeEventListener('abort', end)
  }
}

function isChange(document: DocumentNode): boolean {
  return document.definitions.some((node) => node.kind === 'OperationDefinition' && node.operation === OperationTypeNode.MUTATION)
}

function errorsOf(result: ExecutionResult, subgraph: InProcessSubgraph): readonly GraphQLFormattedError[] | undefined {
  // Without "data", nothing ran because the variables are invalid, which is the caller's fault, as over HTTP.
  const unusable = !('data' in result)
  return result.errors && fewErrors(result.errors, (error) => subgraph.formatError(unusable ? asBadInput(error) : error))
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
