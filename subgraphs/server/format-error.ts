import { RateLimited, Refusal, Refusals } from '@strata/domain/shared'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { literalField } from './literal-field.ts'

export interface FaultPorts {
  /** The refusal to answer with when the fault is neither the caller's nor a bug, such as a database that is away. */
  readonly unavailableFault: (fault: unknown) => Refusal | undefined
  readonly logBug: (fault: unknown) => void
}

/**
 * What a subgraph says of an error: a refusal with its code and field; of anything else only that it is ours, the rest
 * goes to the log.
 */
export function formatSubgraphError(error: GraphQLError, { unavailableFault, logBug }: FaultPorts): GraphQLFormattedError {
  const unreadable = unreadableValue(error)
  if (unreadable) return unreadable
  const originalError = refusalIn(error.originalError) ?? unavailableFault(error.originalError) ?? error.originalError
  const place = { ...(error.locations ? { locations: error.locations } : {}), ...(error.path ? { path: error.path } : {}) }
  if (originalError instanceof Refusal) return { message: originalError.message, ...place, extensions: toldOf(originalError) }
  if (originalError instanceof Refusals) {
    const [first] = originalError.refusals
    // GraphQL has one error for each field that failed; the gateway makes one of each of these.
    const refusals = originalError.refusals.map((refusal) => ({ message: refusal.message, extensions: toldOf(refusal) }))
    return { message: originalError.message, ...place, extensions: { ...(first && toldOf(first)), refusals } }
  }
  if (isOutOfTime(originalError)) {
    logBug(originalError)
    return {
      message: 'The database took too long over this; ask for less at once, or try again later.',
      ...place,
      extensions: { code: 'UNAVAILABLE' },
    }
  }
  if (originalError === undefined || originalError === null || originalError.name === 'GraphQLError') {
    return { message: error.message, ...place, extensions: { code: 'BAD_USER_INPUT', ...error.extensions, stacktrace: undefined } }
  }
  logBug(originalError)
  return { message: 'Something went wrong on our side.', ...place, extensions: { code: 'INTERNAL' } }
}

function toldOf(refusal: Refusal): Readonly<Record<string, unknown>> {
  const { code, field } = refusal
  const retryAfterSeconds = refusal instanceof RateLimited ? refusal.retryAfterSeconds : undefined
  return { code, ...(field === undefined ? {} : { field }), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
}

/**
 * A value that a scalar of this subgraph cannot parse. The gateway passes it on because its own schema cannot check it. Apollo reports a
 * literal like an operation that does not fit the schema, which would be the gateway's fault. About a variable, graphql-js makes a sentence
 * around the scalar's own, and only that sentence has the input path: the gateway reads it there, and shows the client `sentence`.
 */
export function unreadableValue(error: unknown): GraphQLFormattedError | undefined {
  if (!(error instanceof GraphQLError) || error.extensions['isUnreadable'] !== true) return undefined
  const cause = error.originalError instanceof GraphQLError ? error.originalError : error
  const field = literalField(error)
  return {
    message: error.message,
    extensions: { code: 'BAD_USER_INPUT', sentence: cause.message, ...(field === undefined ? {} : { field }) },
  }
}

/** Finds what was refused, also inside the error with which a library wrapped it. */
function refusalIn(error: unknown): Refusal | Refusals | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof Refusal || cause instanceof Refusals) return cause
  return undefined
}

/** PostgreSQL's own code for a statement that it ended at its time limit, however a library wraps it. */
function isOutOfTime(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === '57014') return true
  }
  return false
}
