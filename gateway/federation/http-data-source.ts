import type { GraphQLDataSource } from '@apollo/gateway'
import { turn, type Json, type Operation } from '@strata/domain/shared'
import { configuredSegments, serviceAt } from '../onward/service.ts'
import { contextOf, type SubgraphRequest, type SubgraphResponse } from './data-source.ts'
import { fewErrors } from './few-errors.ts'
import { printVariables } from './print-variables.ts'
import { readSubgraphResponse } from './subgraph-response.ts'
import { unavailable } from './unavailable.ts'

/** Sends the gateway's operations to a subgraph in another process. `fetch` keeps connections alive. */
export function httpDataSource(o: { name: string; url: string; secret: string; reportFault: ReportFault }): GraphQLDataSource {
  const service = serviceAt(o.url, o.secret)
  const segments = configuredSegments(o.url)
  return {
    async process(options: SubgraphRequest): Promise<SubgraphResponse> {
      const { query, variables, operationName } = options.request
      const { subgraphHeaders, operation } = contextOf(options)
      const { signal } = operation
      try {
        const response = await service.ask({
          method: 'POST',
          segments,
          headers: {
            ...subgraphHeaders,
            'content-type': 'application/json',
            accept: 'application/graphql-response+json, application/json',
          },
          body: printBody(query, variables, operationName),
          signal,
        })
        const result = await readSubgraphResponse(response, operation)
        if (result) endIfTooLarge(result, operation)
        // The gateway merges and shapes the answer in one synchronous step, so let other work run first.
        await turn()
        if (result) return result.errors === undefined ? result : { ...result, errors: fewErrors(result.errors, (error) => error) }
        o.reportFault(o.name, new Error(`answered with status ${response.status} and no GraphQL`))
      } catch (error) {
        // Aborted because the client has disconnected, which is not the subgraph's fault.
        if (!signal.aborted) o.reportFault(o.name, error)
      }
      return unavailable(o.name, options)
    },
  }
}

/** If one part exceeds the limit, the whole answer does, so the gateway requests no further part. */
function endIfTooLarge({ data, errors }: SubgraphResponse, operation: Operation): void {
  const [error] = errors ?? []
  if (data == null && error?.extensions?.['code'] === 'PAYLOAD_TOO_LARGE') operation.tooLarge(error.message)
}

function printBody(query: string | undefined, variables: Record<string, Json> | undefined, operationName: string | undefined): string {
  return `{"query":${JSON.stringify(query ?? '')},"variables":${printVariables(variables ?? {})},"operationName":${JSON.stringify(operationName ?? null)}}`
}

/** Reports to the operator what the caller is not told. */
export type ReportFault = (subgraph: string, cause: unknown) => void
