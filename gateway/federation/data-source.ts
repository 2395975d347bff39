import type { GraphQLDataSource } from '@apollo/gateway'
import type { GatewayContext } from '../context/gateway-context.ts'

export type SubgraphRequest = Parameters<GraphQLDataSource['process']>[0]
export type SubgraphResponse = Awaited<ReturnType<GraphQLDataSource['process']>>

/** The caller's context, which the gateway's types do not carry. */
export function contextOf({ context }: SubgraphRequest): Pick<GatewayContext, 'subgraphHeaders' | 'operation'> {
  return { subgraphHeaders: context['subgraphHeaders'], operation: context['operation'] }
}
