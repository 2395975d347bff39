import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { clientCode } from './client-code.ts'
import { withEnumValues, type EnumValues } from './enum-values.ts'
import { inputField } from './input-field.ts'
import { literalField } from './literal-field.ts'

export interface ErrorReport {
  readonly requestId: string | undefined
  readonly subgraph: string | undefined
  readonly path: string | undefined
  readonly err: unknown
}

/**
 * The only code that decides what clients see of an error. Expected refusals pass unchanged; any other error becomes INTERNAL with the
 * request's id, and only `report` gets its details.
 */
export function clientErrors(o: { requestId: () => string | undefined; report: (fault: ErrorReport) => void; enumValues: EnumValues }) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const requestId = o.requestId()
    const subgraph = textOf(formatted.extensions?.['serviceName'])
    const code = clientCode(textOf(formatted.extensions?.['code']), { fromSubgraph: subgraph !== undefined })
    const path = formatted.path ? { path: formatted.path } : {}

    if (code === 'INTERNAL') {
      o.report({ requestId, subgraph, path: formatted.path?.join('.'), err: causeOf(thrown) })
      const message = `The archive had an internal error; quote request ${requestId ?? 'unknown'}.`
      return { message, ...path, extensions: { code, requestId } }
    }
    const found = () => inputField(formatted.message) ?? (subgraph === undefined ? literalField(thrown) : undefined)
    const field = textOf(formatted.extensions?.['field']) ?? (code === 'BAD_USER_INPUT' ? found() : undefined)
    return {
      message: withEnumValues((textOf(formatted.extensions?.['sentence']) ?? formatted.message).trim(), o.enumValues),
      // A subgraph's locations refer to the gateway's own operation, which the client does not know.
      ...(formatted.locations && subgraph === undefined ? { locations: formatted.locations } : {}),
      ...path,
      extensions: { code, ...(field === undefined ? {} : { field }), ...retryAfter(formatted.extensions), requestId },
    }
  }
}

/** In seconds. "retry-after.ts" also puts it into a header. */
function retryAfter(extensions: Readonly<Record<string, unknown>> | undefined): { retryAfterSeconds?: number } {
  const seconds = extensions?.['retryAfterSeconds']
  return typeof seconds === 'number' ? { retryAfterSeconds: seconds } : {}
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof GraphQLError && thrown.originalError ? causeOf(thrown.originalError) : thrown
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
