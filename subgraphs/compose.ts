import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { deployConvention } from '@strata/domain/convention'
import type { DepositionPorts } from '@strata/domain/deposition'
import { anonymous, bearerToken, type Principal } from '@strata/domain/identity'
import {
  beginUpload,
  continueUpload,
  endUpload,
  importRecords,
  publishRecords,
  uploadFile,
  uploadProgress,
  type PublishInput,
  type ResumePorts,
} from '@strata/domain/record'
import { createRelease, setLive, setReleaseState, type RegistryPorts } from '@strata/domain/registry'
import { Unauthenticated } from '@strata/domain/shared'
import { untilAskedToStop, type Config } from '@strata/infrastructure/environment'
import { createHttpApp, graphqlEndpoint, listen } from '@strata/infrastructure/http'
import { archiveTokens, isSameSecret } from '@strata/infrastructure/idp'
import * as postgres from '@strata/infrastructure/postgres'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger, type Logger } from '@strata/infrastructure/telemetry'
import type { FastifyInstance } from 'fastify'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { resolvers as conventions } from './conventions/resolvers/index.ts'
import { resolvers as data } from './data/resolvers/index.ts'
import { fileRoutes } from './records/files/file-routes.ts'
import type { FileServices } from './records/files/file-services.ts'
import { depositServices } from './records/deposit-services.ts'
import { importCall, type ImportCall } from './records/import/import-call.ts'
import { importRoute } from './records/import/import-route.ts'
import { resolvers as records } from './records/resolvers/index.ts'
import { resolvers as registry } from './registry/resolvers/index.ts'
import { buildSubgraph, type SubgraphName } from './server/build-subgraph.ts'
import type { SubgraphContext } from './server/context.ts'
import { formatSubgraphError } from './server/format-error.ts'
import { createLoaders } from './server/loaders.ts'
import type { Services } from './server/services.ts'

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
  /** What the records subgraph serves besides GraphQL. */
  importRecords?(call: ImportCall): Promise<AsyncIterable<string>>
}

export function composeSubgraph(name: SubgraphName, options: SubgraphOptions): Subgraph {
  const { config, log, gatewaySecret, verify } = options
  const services = composeServices(options.database)
  const subgraph: Subgraph = {
    name,
    schema: buildSubgraph(name, resolversOf[name]),
    formatError: (error) => formatSubgraphError(error, (fault) => log.error({ err: fault, subgraph: name }, 'a resolver failed')),
    async contextFor(headers) {
      refuseStrangers(headers, gatewaySecret)
      const principal = await callerOf(headers, verify)
      return { principal, domain: config.domain, publicUrl: config.publicUrl, services, loaders: createLoaders(services) }
    },
  }
  if (name !== 'records') return subgraph
  const reportBug = (fault: unknown) => log.error({ err: fault }, 'an import failed')
  return { ...subgraph, importRecords: async (call) => importCall(call, await subgraph.contextFor(call.headers), reportBug) }
}

type Headers = Readonly<Record<string, string | undefined>>

function refuseStrangers(headers: Headers, gatewaySecret: string): void {
  if (isSameSecret(headers['x-strata-gateway'], gatewaySecret)) return
  throw new Unauthenticated('This service answers the gateway alone; send the request there.')
}

async function callerOf(headers: Headers, verify: SubgraphOptions['verify']): Promise<Principal> {
  const token = bearerToken(headers.authorization)
  return token === undefined ? anonymous : verify(token)
}

/** The routes of files on a server that everybody may reach: the gateway's, when it is in this process. */
export function mountFiles(app: FastifyInstance, options: SubgraphOptions): void {
  fileRoutes(app, composeFiles(options, (headers) => callerOf(headers, options.verify)))
}

function composeFiles({ config, database }: SubgraphOptions, callerOf: FileServices['callerOf']): FileServices {
  const { domain, publicUrl, maxFileBytes } = config
  const storage = openStorage(config)
  const queries = postgres.fileQueries(database)
  const sessions = postgres.uploadSessions(database)
  const ports: ResumePorts = { storage, sessions, ledger: postgres.fileLedger(database), files: queries }
  return {
    callerOf,
    upload: (input, actor) => uploadFile(ports, input, { maxFileBytes }, actor),
    resumable: {
      begin: (input, actor) => beginUpload(ports, input, { maxFileBytes }, actor),
      progress: (id, actor) => uploadProgress(ports, id, actor),
      continue: (input, actor) => continueUpload(ports, input, actor),
      end: (id, actor) => endUpload(ports, id, actor),
    },
    queries,
    blobs: storage.blobs,
    domain,
    publicUrl,
    maxFileBytes,
  }
}

export interface RunningSubgraph {
  readonly url: string
  close(): Promise<void>
}

/** Serves a subgraph over HTTP, to the gateway alone. */
export async function serveSubgraph(subgraph: Subgraph, options: SubgraphOptions): Promise<RunningSubgraph> {
  const { config, log, database, gatewaySecret, verify } = options
  const server = new ApolloServer<SubgraphContext>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => (isGraphQLError(error) ? subgraph.formatError(error) : formatted),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
  })
  await server.start()
  // The gateway sends what it was sent, and a little more around it.
  const app = createHttpApp({ log, maxBodyBytes: config.maxBodyBytes + 1_048_576 })
  graphqlEndpoint(app, { path: '/graphql', server, contextFor: (headers) => subgraph.contextFor(headers) })
  if (subgraph.name === 'records') {
    const callerBehindGateway = async (headers: Headers) => {
      refuseStrangers(headers, gatewaySecret)
      return callerOf(headers, verify)
    }
    fileRoutes(app, composeFiles(options, callerBehindGateway))
  }
  const { importRecords } = subgraph
  if (importRecords) importRoute(app, importRecords)
  app.get('/readyz', async () => ({ status: (await database.pool.query('select 1')).rowCount === 1 ? 'ready' : 'not ready' }))
  const { url } = await listen(app, config)
  return {
    url: `${url}/graphql`,
    async close() {
      await app.close()
      await server.stop()
    },
  }
}

/** `STRATA_ROLE=records` and the like: one subgraph as a service of its own, until it is asked to stop. */
export async function runSubgraph(name: SubgraphName, config: Config): Promise<void> {
  const { databaseUrl, tokenSecret, gatewaySecret } = config
  if (databaseUrl === undefined || tokenSecret === undefined || gatewaySecret === undefined) {
    throw new Error(`The subgraph ${name} as a service of its own needs STRATA_ROLE=${name}, which says what else is missing.`)
  }
  const log = createLogger(config.log, name)
  await postgres.migrate(databaseUrl)
  const database = postgres.openDatabase({ url: databaseUrl, poolSize: config.databasePoolSize, name: `strata ${name}` })
  await postgres.keepDomain(database, config.domain)
  const { verify } = archiveTokens({ secret: tokenSecret, domain: config.domain })
  const options = { config, log, database, gatewaySecret, verify }
  const running = await serveSubgraph(composeSubgraph(name, options), options)
  log.info({ url: running.url }, `${name} ready`)
  await untilAskedToStop()
  await running.close()
  await database.close()
}

function composeServices(database: postgres.Database): Services {
  return {
    deploy: (input, actor) =>
      postgres.transaction(database, (tx) =>
        deployConvention(
          {
            conventions: postgres.conventionRepository(tx),
            schemas: postgres.schemaRepository(tx),
            featureTables: postgres.featureTables(tx),
            metadataTables: postgres.metadataTables(tx),
            ...registryPorts(tx, actor),
          },
          input,
          actor,
        ),
      ),
    createRelease: (input, actor) => postgres.transaction(database, (tx) => createRelease(registryPorts(tx, actor), input, actor)),
    setLive: (input, actor) => postgres.transaction(database, (tx) => setLive(registryPorts(tx, actor), input, actor)),
    setReleaseState: (input, actor) => postgres.transaction(database, (tx) => setReleaseState(registryPorts(tx, actor), input, actor)),
    publishRecords: (input, actor) => postgres.transaction(database, (tx) => publishWithin(tx)(input, actor)),
    deposit: depositServices((work) => postgres.transaction(database, (tx) => work(depositionPorts(tx)))),
    depositions: postgres.depositionQueries(database),
    importRecords: (input, actor) =>
      importRecords(
        {
          schemaOf: (slug) => postgres.schemaOf(database, slug),
          publish: (chunk) => postgres.transaction(database, (tx) => publishWithin(tx)(chunk, actor)),
        },
        input,
      ),
    conventions: postgres.conventionQueries(database),
    registry: postgres.registryQueries(database),
    records: postgres.recordQueries(database),
    files: postgres.fileQueries(database),
    datasets: postgres.datasetQueries(database),
  }
}

function registryPorts(tx: postgres.Transaction, actor: string): RegistryPorts {
  return { hooks: postgres.hookRepository(tx), modules: postgres.moduleStore(tx), outbox: postgres.outbox(tx, actor) }
}

function publishWithin(tx: postgres.Transaction) {
  return (input: PublishInput, actor: string) =>
    publishRecords(
      { records: postgres.recordStore(tx), files: postgres.recordFileStore(tx), outbox: postgres.outbox(tx, actor) },
      input,
      actor,
    )
}

function depositionPorts(tx: postgres.Transaction): DepositionPorts {
  return {
    depositions: postgres.depositionRepository(tx),
    files: postgres.recordFileStore(tx),
    outboxOf: (actor) => postgres.outbox(tx, actor),
    publish: publishWithin(tx),
  }
}

function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}
