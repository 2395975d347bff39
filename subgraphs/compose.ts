import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { actorOf, parseTokenInput, type CreateTokenInput, type Principal, type SignToken, type TokenGrant } from '@strata/domain/identity'
import { Unauthenticated, type Operation, type WatchedPart } from '@strata/domain/shared'
import { closingWithin, untilAskedToStop, version, type Config } from '@strata/infrastructure/environment'
import { createHttpApp, graphqlEndpoint, healthRoutes, listen, refuseTakenPort } from '@strata/infrastructure/http'
import { archiveIdentity, gatewaySecrets, isSameSecret, type GatewayPurpose } from '@strata/infrastructure/idp'
import * as postgres from '@strata/infrastructure/postgres'
import { storagePart } from '@strata/infrastructure/storage'
import { createLogger, nameCaller, type Logger } from '@strata/infrastructure/telemetry'
import type { FastifyInstance } from 'fastify'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { resolvers as conventions } from './conventions/resolvers/index.ts'
import { mountData } from './data/compose.ts'
import { resolvers as data } from './data/resolvers/index.ts'
import { mountRecords } from './records/compose.ts'
import { resolvers as records } from './records/resolvers/index.ts'
import { mountRegistry } from './registry/compose.ts'
import { resolvers as registry } from './registry/resolvers/index.ts'
import { revocationRoute } from './registry/revocation-route.ts'
import { buildSubgraph, type SubgraphName } from './server/build-subgraph.ts'
import { callerOf as verifiedCaller, type Headers } from './server/caller.ts'
import type { SubgraphContext } from './server/context.ts'
import { formatSubgraphError, unreadableValue } from './server/format-error.ts'
import { limitInternalOperations } from './server/internal-limits.ts'
import { createLoaders } from './server/loaders.ts'
import type { CallerFor } from './server/mount.ts'
import { operatorOf, type Operator } from './server/operator.ts'
import { composeServices } from './services/compose.ts'

export { adviceFor, findingCount, parseSample, reportOf, type Verification, type VerifyProgress } from '@strata/domain/verification'
export type { Operator } from './server/operator.ts'
export { composeVerifier, type Verifier } from './services/verifying/compose.ts'
export { subgraphNames, type SubgraphName } from './server/build-subgraph.ts'

const resolversOf = { conventions, registry, records, data } as const satisfies { [Name in SubgraphName]: object }

export interface SubgraphOptions {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  /** The same database for the role that can only read. */
  readonly reader: postgres.Database
  readonly gatewaySecret: string
  readonly verify: (token: string) => Promise<Principal>
  readonly sign: SignToken
}

/** A subgraph that can be run in the gateway's process or served over HTTP, the same in both. */
export interface Subgraph {
  readonly name: SubgraphName
  readonly schema: GraphQLSchema
  contextFor(headers: Readonly<Record<string, string | undefined>>, operation?: Operation): Promise<SubgraphContext>
  within<T>(operation: Operation | undefined, work: () => Promise<T>): Promise<T>
  formatError(error: GraphQLError): GraphQLFormattedError
  /** Registers what it serves beside GraphQL on a server that everybody may reach: the gateway's, when that is in this process. */
  mount(app: FastifyInstance): void
  /** The same on a server that answers the gateway alone. */
  mountBehindGateway(app: FastifyInstance): void
}

export function composeSubgraph(name: SubgraphName, options: SubgraphOptions): Subgraph {
  const { config, log, gatewaySecret } = options
  const services = composeServices(options)
  const { unavailableFault } = postgres
  const admit = doorkeeper(gatewaySecret)
  const contextFor = async (headers: Headers, operation?: Operation): Promise<SubgraphContext> => {
    admit(headers, 'graphql')
    const principal = await callerOf(headers, options)
    const runs = services.runsFor(principal)
    const { domain, publicUrl } = config
    return {
      principal,
      domain,
      publicUrl,
      version,
      services,
      runs,
      loaders: createLoaders(services, runs),
      withinChange: postgres.withinChange,
      operation,
    }
  }
  const mount = (app: FastifyInstance, callerFor: CallerFor) => {
    if (name === 'records') mountRecords(app, options, services, callerFor)
    if (name === 'registry') mountRegistry(app, services, callerFor)
    if (name === 'data') mountData(app, options, callerFor)
  }
  return {
    name,
    schema: buildSubgraph(name, resolversOf[name]),
    formatError: (error) =>
      formatSubgraphError(error, { unavailableFault, logBug: (fault) => log.error({ err: fault, subgraph: name }, 'a resolver failed') }),
    within: postgres.withinOperation,
    contextFor,
    mount: (app) => mount(app, () => (headers) => callerOf(headers, options)),
    mountBehindGateway(app) {
      mount(app, (purpose) => async (headers) => {
        admit(headers, purpose)
        return callerOf(headers, options)
      })
      if (name === 'registry') {
        revocationRoute(app, { admit: (headers) => admit(headers, 'revocations'), revoked: () => postgres.revokedTokens(options.database) })
      }
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

/** What a person with access to the archive's machine may do there. */
export function composeOperator({ database, sign }: Pick<SubgraphOptions, 'database' | 'sign'>): Operator {
  return operatorOf(
    (by, work) =>
      postgres.withinChange({ ...by, targets: [] }, () => postgres.transaction(database, (tx) => work(postgres.tokenRepository(tx)))),
    sign,
  )
}

/** A grant as it is typed on a command line. */
export function parseGrant(input: CreateTokenInput): TokenGrant {
  return { ...parseTokenInput(input), isLocal: false }
}

export interface RunningSubgraph {
  readonly url: string
  close(): Promise<void>
}

/** Serves a subgraph over HTTP, to the gateway alone. */
export async function serveSubgraph(subgraph: Subgraph, options: SubgraphOptions): Promise<RunningSubgraph> {
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
  healthRoutes(app, { version, parts: readyParts(subgraph.name, options), log })
  const { url } = await listen(app, config)
  return {
    url: `${url}/graphql`,
    async close() {
      await app.close()
      await server.stop()
    },
  }
}

/** What a subgraph needs in order to serve: the database, and those that serve files or logs of runs the storage. */
function readyParts(name: SubgraphName, { config, database, reader }: SubgraphOptions): readonly WatchedPart[] {
  const parts = [postgres.databasePart('database', database)]
  if (name === 'data') parts.push(postgres.databasePart('database for reading', reader))
  if (name === 'records' || name === 'registry') parts.push(storagePart(config))
  return parts
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
  const reading = { name: 'strata read', readsPerCaller: config.limits.readsPerCaller }
  // Only the data subgraph reads datasets. The services of the others never use this pool.
  const reader = name === 'data' ? await postgres.openReader({ ...pool, ...reading, readUrl: config.databaseReadUrl, log }) : database
  await postgres.keepDomain(database, config.domain)
  const identity = archiveIdentity({
    config,
    secret: tokenSecret,
    loadRevoked: () => postgres.revokedTokens(database),
    report: (err) => log.error({ err }, "the keys of the machines' issuer could not be renewed"),
  })
  const options = { config, log, database, reader, gatewaySecret, ...identity }
  const running = await serveSubgraph(composeSubgraph(name, options), options)
  const asked = untilAskedToStop()
  log.info({ url: running.url }, `${name} ready`)
  await asked
  const closing = closingWithin(log)
  await closing('server', () => running.close())()
  if (reader !== database) await closing('database for reading', () => reader.close())()
  await closing('database', () => database.close())()
}

function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}
