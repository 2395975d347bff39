import { Refusal } from '@strata/domain/shared'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'

export type LogBug = (fault: unknown) => void

/**
 * What a subgraph says of an error: a refusal with its code and field; of anything else only that it is ours, the rest
 * goes to the log.
 */
export function formatSubgraphError(error: GraphQLError, logBug: LogBug): GraphQLFormattedError {
  const { originalError } = error
  const place = { ...(error.locations ? { locations: error.locations } : {}), ...(error.path ? { path: error.path } : {}) }
  if (originalError instanceof Refusal) {
    const { code, field, message } = originalError
    return { message, ...place, extensions: field === undefined ? { code } : { code, field } }
  }
  if (originalError === undefined || originalError === null || originalError.name === 'GraphQLError') {
    return { message: error.message, ...place, extensions: { code: 'BAD_USER_INPUT', ...error.extensions, stacktrace: undefined } }
  }
  logBug(originalError)
  return { message: 'Something went wrong on our side.', ...place, extensions: { code: 'INTERNAL' } }
}
