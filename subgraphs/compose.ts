import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { actorOf, parseTokenInput, type CreateTokenInput, type Principal, type SignToken, type TokenGrant } from '@strata/domain/identity'
import { Unauthenticated, type Operation, type Storage, type WatchedPart } from '@strata/domain/shared'
import { closingWithin, untilAskedToStop, version, type Config } from '@strata/infrastructure/environment'
import { createHttpApp, graphqlEndpoint, healthRoutes, listen, refuseTakenPort } from '@strata/infrastructure/http'
import { archiveIdentity, gatewaySecrets, isSameSecret, type GatewayPurpose } from '@strata/infrastructure/idp'
import * as postgres from '@strata/infrastructure/postgres'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger, nameCaller, type Logger } from '@strata/infrastructure/telemetry'
import type { FastifyInstance } from 'fastify'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { composeConventions } from './conventions/compose.ts'
import { composeData } from './data/compose.ts'
import { composeRecords } from './records/compose.ts'
import { composeRegistry } from './registry/compose.ts'
import { buildSubgraph, type SubgraphName } from './server/build-subgraph.ts'
import { callerOf as verifiedCaller, type Headers } from './server/caller.ts'
import type { ComposedSubgraph } from './server/composed-subgraph.ts'
import type { SubgraphContext } from './server/context.ts'
import { formatSubgraphError, unreadableValue } from './server/format-error.ts'
import { limitInternalOperations } from './server/internal-limits.ts'

export { composeOperator } from './registry/compose.ts'
export type { Operator } from './registry/identity/operator.ts'
export { subgraphNames, type SubgraphName } from './server/build-subgraph.ts'

/** What a process has, whichever subgraphs it runs. */
export interface SubgraphOptions {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  readonly gatewaySecret: string
  readonly verify: (token: string) => Promise<Principal>
  readonly sign: SignToken
}

/** What only some subgraphs need. */
interface SharedParts {
  readonly storage: Storage
  /** The same database for the role that can only read. */
  readonly reader: postgres.Database
}

/** A subgraph that can be run in the gateway's process or served over HTTP, the same in both. */
export interface Subgraph {
  readonly name: SubgraphName
  readonly schema: GraphQLSchema
  /** What it needs in order to serve. */
  readonly parts: readonly WatchedPart[]
  contextFor(headers: Readonly<Record<string, string | undefined>>, operation?: Operation): Promise<SubgraphContext>
  within<T>(operation: Operation | undefined, work: () => Promise<T>): Promise<T>
  formatError(error: GraphQLError): GraphQLFormattedError
  /** Registers what it serves beside GraphQL on a server that everybody may reach: the gateway's, when that is in this process. */
  mount(app: FastifyInstance): void
  /** The same on a server that answers the gateway alone. */
  mountBehindGateway(app: FastifyInstance): void
}

/** All subgraphs, for the gateway's process. */
export function composeSubgraphs(options: SubgraphOptions & SharedParts): readonly Subgraph[] {
  const composed = [composeConventions(options), composeRegistry(options), composeRecords(options), composeData(options)]
  return composed.map((one) => subgraphOf(one, options))
}

function subgraphOf(composed: ComposedSubgraph, options: SubgraphOptions): Subgraph {
  const { config, log, gatewaySecret } = options
  const { name, services, loadersFor } = composed
  const { unavailableFault } = postgres
  const admit = doorkeeper(gatewaySecret)
  return {
    name,
    schema: buildSubgraph(name, composed.resolvers),
    parts: composed.parts,
    formatError: (error) =>
      formatSubgraphError(error, { unavailableFault, logBug: (fault) => log.error({ err: fault, subgraph: name }, 'a resolver failed') }),
    within: postgres.withinOperation,
    async contextFor(headers, operation) {
      admit(headers, 'graphql')
      const principal = await callerOf(headers, options)
      const { domain, publicUrl } = config
      const { withinChange } = postgres
      return { principal, domain, publicUrl, version, services, loaders: loadersFor(principal), withinChange, operation }
    },
    mount: (app) => composed.mount?.(app, () => (headers) => callerOf(headers, options)),
    mountBehindGateway(app) {
      composed.mount?.(app, (purpose) => async (headers) => {
        admit(headers, purpose)
        return callerOf(headers, options)
      })
      composed.mountForGateway?.(app, admit)
    },
  }
}

/** Refuses calls that are not from the gateway, and calls by the gateway that were made for another purpose. */
function doorkeeper(gatewaySecret: string): (headers: Headers, purpose: GatewayPurpose) => void {
  const secrets = gatewaySecrets(gatewaySecret)
  return (headers, purpose) => {
    if (isSameSecret(headers['x-strata-gateway'], secrets[purpose])) return
    throw new Unauthenticated('This service answers the gateway alone; send the request there.')
  }
}

/** Sets the caller; from here on, the request's reads count for that caller. */
async function callerOf(headers: Headers, options: SubgraphOptions): Promise<Principal> {
  const principal = await verifiedCaller(headers, options)
  if (principal.kind !== 'ANONYMOUS') nameCaller(actorOf(principal))
  return principal
}

/** A grant as it is typed on a command line. */
export function parseGrant(input: CreateTokenInput): TokenGrant {
  return { ...parseTokenInput(input), isLocal: false }
}

export interface RunningSubgraph {
  readonly url: string
  close(): Promise<void>
}

/** Serves one subgraph over HTTP, to the gateway alone. Of what only some subgraphs need, it opens what this one needs. */
export async function startSubgraph(name: SubgraphName, options: SubgraphOptions): Promise<RunningSubgraph> {
  const closing = closingWithin(options.log)
  await using parts = new AsyncDisposableStack()
  const composed = await composeAlone(name, options, parts)
  const server = await serveSubgraph(subgraphOf(composed, options), options)
  parts.defer(closing('server', () => server.close()))
  const running = parts.move()
  return { url: server.url, close: () => running.disposeAsync() }
}

async function composeAlone(name: SubgraphName, options: SubgraphOptions, parts: AsyncDisposableStack): Promise<ComposedSubgraph> {
  switch (name) {
    case 'conventions':
      return composeConventions(options)
    case 'registry':
      return composeRegistry({ ...options, storage: openStorage(options.config) })
    case 'records':
      return composeRecords({ ...options, storage: openStorage(options.config) })
    case 'data': {
      const reader = await openReader(options)
      parts.defer(closingWithin(options.log)('database for reading', () => reader.close()))
      return composeData({ ...options, reader })
    }
  }
}

function openReader({ config, log, database }: SubgraphOptions): Promise<postgres.Database> {
  return postgres.openReader({
    url: database.url,
    readUrl: config.databaseReadUrl,
    name: 'strata read',
    poolSize: config.databasePoolSize,
    statementTimeouts: config.limits.statementTimeouts,
    readsPerCaller: config.limits.readsPerCaller,
    log,
  })
}

async function serveSubgraph(subgraph: Subgraph, options: SubgraphOptions): Promise<RunningSubgraph> {
  const { config, log, gatewaySecret } = options
  const server = new ApolloServer<SubgraphContext>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => unreadableValue(error) ?? (isGraphQLError(error) ? subgraph.formatError(error) : formatted),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
  })
  await server.start()
  const secrets = Object.values(gatewaySecrets(gatewaySecret))
  const isGateway = (headers: Headers) => secrets.some((secret) => isSameSecret(headers['x-strata-gateway'], secret))
  // The gateway sends what it was sent, and a little more around it.
  const app = createHttpApp({
    log,
    maxBodyBytes: config.maxBodyBytes + 1_048_576,
    reads: config.reads,
    addressOf: (headers) => (isGateway(headers) ? headers['x-strata-address'] : undefined),
  })
  graphqlEndpoint(app, {
    path: '/graphql',
    server,
    limits: config.limits.answer,
    contextFor: (headers, _ip, operation) => subgraph.contextFor(headers, operation),
    within: subgraph.within,
    admit: limitInternalOperations(config.limits),
  })
  subgraph.mountBehindGateway(app)
  healthRoutes(app, { version, parts: subgraph.parts, log })
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
    throw new Error(`The subgraph ${name} as a service of its own needs STRATA_ROLE=${name}, which checks the other required settings.`)
  }
  const log = createLogger(config.log, name)
  await refuseTakenPort(config)
  await postgres.migrate(databaseUrl)
  const pool = { url: databaseUrl, poolSize: config.databasePoolSize, statementTimeouts: config.limits.statementTimeouts }
  const database = postgres.openDatabase({ ...pool, name: `strata ${name}` })
  await postgres.keepDomain(database, config.domain)
  const identity = archiveIdentity({
    config,
    secret: tokenSecret,
    loadRevoked: () => postgres.revokedTokens(database),
    report: (err) => log.error({ err }, "the keys of the machines' issuer could not be renewed"),
  })
  const running = await startSubgraph(name, { config, log, database, gatewaySecret, ...identity })
  const asked = untilAskedToStop()
  log.info({ url: running.url }, `${name} ready`)
  await asked
  await running.close()
  await closingWithin(log)('database', () => database.close())()
}

function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}
