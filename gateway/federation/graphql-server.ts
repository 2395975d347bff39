import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { FastifyBaseLogger } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { GatewayContext } from '../context/gateway-context.ts'
import { readListBounds, unboundedLists, type ListBounds } from '../limits/list-bounds.ts'
import { dataSources, type SubgraphTopology } from './data-sources.ts'

export interface GraphqlServer {
  readonly server: ApolloServer<GatewayContext>
  /** The schema for clients. */
  readonly schema: GraphQLSchema
  /** The bounds of its lists. */
  readonly bounds: ListBounds
}

/** Plans each operation over the supergraph and runs it on the subgraphs. Throws if it cannot start. */
export async function startGraphqlServer(o: {
  supergraphSdl: string
  topology: SubgraphTopology
  /** The secret by which subgraphs recognize the gateway. */
  secret: string
  plugins: readonly ApolloServerPlugin[]
  formatError: NonNullable<ApolloServerOptionsWithGateway<GatewayContext>['formatError']>
  log: FastifyBaseLogger
}): Promise<GraphqlServer> {
  const sourceFor = dataSources(o.topology, o.secret, (subgraph, err) => o.log.error({ subgraph, err }, 'a subgraph is unavailable'))
  const gateway = new ApolloGateway({
    supergraphSdl: o.supergraphSdl,
    // Composition has already validated the committed supergraph.
    validateSupergraph: false,
    buildService: ({ name }) => sourceFor(name),
    experimental_approximateQueryPlanStoreMiB: 32,
    logger: o.log,
  })
  let schema: GraphQLSchema | undefined
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => void (schema = apiSchema))
  const server = new ApolloServer<GatewayContext>({
    gateway,
    logger: o.log,
    formatError: o.formatError,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [...disabled, ...o.plugins],
  })
  await server.start()
  if (schema === undefined) throw new Error('The gateway started without a schema.')
  const bounds = readListBounds(o.supergraphSdl)
  const unbounded = unboundedLists(schema, bounds)
  if (unbounded.length > 0) throw new Error(`These lists have no @listSize in their subgraph's schema: ${unbounded.join(', ')}.`)
  return { server, schema, bounds }
}

/** Turns off vendor reporting, pages from a CDN, and cache hints that double the cost of a subgraph call. */
const disabled: readonly ApolloServerPlugin[] = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
]
