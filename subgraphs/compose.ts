import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { deployConvention } from '@strata/domain/convention'
import { anonymous, type Principal } from '@strata/domain/identity'
import { publishRecords } from '@strata/domain/record'
import { Unauthenticated } from '@strata/domain/shared'
import type { Config } from '@strata/infrastructure/environment'
import { createHttpApp, graphqlEndpoint } from '@strata/infrastructure/http'
import { bearerToken, sameSecret } from '@strata/infrastructure/idp'
import * as postgres from '@strata/infrastructure/postgres'
import type { Logger } from '@strata/infrastructure/telemetry'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { resolvers as conventions } from './conventions/resolvers/index.ts'
import { resolvers as data } from './data/resolvers/index.ts'
import { resolvers as records } from './records/resolvers/index.ts'
import { resolvers as registry } from './registry/resolvers/index.ts'
import { buildSubgraph, type SubgraphName } from './server/build-subgraph.ts'
import type { Services, SubgraphContext } from './server/context.ts'
import { formatSubgraphError } from './server/format-error.ts'
import { createLoaders } from './server/loaders.ts'

export { subgraphNames, type SubgraphName } from './server/build-subgraph.ts'

const resolversOf = { conventions, registry, records, data } as const satisfies { [Name in SubgraphName]: object }

export interface SubgraphOptions {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  readonly gatewaySecret: string
  readonly verify: (token: string) => Promise<Principal>
}

/** A subgraph that can be run in the gateway's process or served over HTTP, the same in both. */
export interface Subgraph {
  readonly name: SubgraphName
  readonly schema: GraphQLSchema
  contextFor(headers: Readonly<Record<string, string | undefined>>): Promise<SubgraphContext>
  formatError(error: GraphQLError): GraphQLFormattedError
}

export function composeSubgraph(name: SubgraphName, options: SubgraphOptions): Subgraph {
  const { config, log, gatewaySecret, verify } = options
  const services = composeServices(options.database)
  return {
    name,
    schema: buildSubgraph(name, resolversOf[name]),
    formatError: (error) => formatSubgraphError(error, (fault) => log.error({ err: fault, subgraph: name }, 'a resolver failed')),
    async contextFor(headers) {
      if (!sameSecret(headers['x-strata-gateway'], gatewaySecret)) {
        throw new Unauthenticated('This service answers the gateway alone; send the query there.')
      }
      const token = bearerToken(headers.authorization)
      const principal = token === undefined ? anonymous : await verify(token)
      return { principal, domain: config.domain, services, loaders: createLoaders(services) }
    },
  }
}

export async function serveSubgraph(subgraph: Subgraph, { config, log }: SubgraphOptions): Promise<{ url: string; close(): Promise<void> }> {
  const server = new ApolloServer<SubgraphContext>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => (isGraphQLError(error) ? subgraph.formatError(error) : formatted),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
  })
  await server.start()
  const app = createHttpApp({ log, maxBodyBytes: config.maxBodyBytes * 2 })
  graphqlEndpoint(app, { path: '/graphql', server, contextFor: (headers) => subgraph.contextFor(headers) })
  app.get('/readyz', () => ({ status: 'ready' }))
  const url = await app.listen({ host: config.host, port: config.port })
  return {
    url,
    async close() {
      await app.close()
      await server.stop()
    },
  }
}

function composeServices(database: postgres.Database): Services {
  return {
    deploy: (input, actor) =>
      postgres.transaction(database, (tx) =>
        deployConvention(
          {
            conventions: postgres.conventionRepository(tx),
            schemas: postgres.schemaRepository(tx),
            outbox: postgres.outbox(tx, actor),
          },
          input,
          actor,
        ),
      ),
    publishRecords: (input, actor) =>
      postgres.transaction(database, (tx) =>
        publishRecords({ records: postgres.recordStore(tx), outbox: postgres.outbox(tx, actor) }, input, actor),
      ),
    conventions: postgres.conventionQueries(database),
    records: postgres.recordQueries(database),
    datasets: postgres.datasetQueries(database),
  }
}

function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}
