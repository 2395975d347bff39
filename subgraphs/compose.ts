import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import {
  actorOf,
  changeOf,
  parseTokenInput,
  type CreateTokenInput,
  type Principal,
  type SignToken,
  type TokenGrant,
} from '@strata/domain/identity'
import {
  beginUpload,
  continueUpload,
  endUpload,
  uploadFile,
  uploadProgress,
  type ResumePorts,
} from '@strata/domain/record'
import { Unauthenticated, type Operation, type WatchedPart } from '@strata/domain/shared'
import { closingWithin, untilAskedToStop, version, type Config } from '@strata/infrastructure/environment'
import { createHttpApp, graphqlEndpoint, healthRoutes, listen, refuseTakenPort } from '@strata/infrastructure/http'
import { archiveIdentity, gatewaySecrets, isSameSecret, type GatewayPurpose } from '@strata/infrastructure/idp'
import * as postgres from '@strata/infrastructure/postgres'
import { openStorage, storagePart } from '@strata/infrastructure/storage'
import { createLogger, nameCaller, type Logger } from '@strata/infrastructure/telemetry'
import type { FastifyInstance } from 'fastify'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { resolvers as conventions } from './conventions/resolvers/index.ts'
import { dataRoutesOf } from './data/compose.ts'
import { resolvers as data } from './data/resolvers/index.ts'
import { fileRoutes } from './records/files/file-routes.ts'
import type { FileServices } from './records/files/file-services.ts'
import { importCall, type ImportCall } from './records/import/import-call.ts'
import { importRoute } from './records/import/import-route.ts'
import { resolvers as records } from './records/resolvers/index.ts'
import { resolvers as registry } from './registry/resolvers/index.ts'
import { logRoutes } from './registry/logs/log-routes.ts'
import { revocationRoute } from './registry/revocation-route.ts'
import { buildSubgraph, type SubgraphName } from './server/build-subgraph.ts'
import { callerOf as verifiedCaller, type Headers } from './server/caller.ts'
import type { SubgraphContext } from './server/context.ts'
import { formatSubgraphError, unreadableValue } from './server/format-error.ts'
import { limitInternalOperations } from './server/internal-limits.ts'
import { createLoaders } from './server/loaders.ts'
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
  /** What the records subgraph serves besides GraphQL. */
  importRecords?(call: ImportCall): Promise<AsyncIterable<string>>
}

export function composeSubgraph(name: SubgraphName, options: SubgraphOptions): Subgraph {
  const { config, log, gatewaySecret } = options
  const services = composeServices(options)
  const { unavailableFault } = postgres
  const admit = doorkeeper(gatewaySecret)
  const contextFor = async (headers: Headers, purpose: GatewayPurpose, operation?: Operation): Promise<SubgraphContext> => {
    admit(headers, purpose)
    const principal = await callerOf(headers, options)
    const runs = services.runsFor(principal)
    const { domain, publicUrl } = config
    return { principal, domain, publicUrl, version, services, runs, loaders: createLoaders(services, runs), withinChange: postgres.withinChange, operation }
  }
  const subgraph: Subgraph = {
    name,
    schema: buildSubgraph(name, resolversOf[name]),
    formatError: (error) => formatSubgraphError(error, { unavailableFault, logBug: (fault) => log.error({ err: fault, subgraph: name }, 'a resolver failed') }),
    within: postgres.withinOperation,
    contextFor: (headers, operation) => contextFor(headers, 'graphql', operation),
  }
  if (name !== 'records') return subgraph
  const faults = { unavailableFault, reportBug: (fault: unknown) => log.error({ err: fault }, 'an import failed') }
  return { ...subgraph, importRecords: async (call) => importCall(call, await contextFor(call.headers, 'import'), faults) }
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

/** What whoever runs the archive's machine may do there. */
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

/** The routes of files on a server that everybody may reach: the gateway's, when it is in this process. */
export function mountFiles(app: FastifyInstance, options: SubgraphOptions): void {
  fileRoutes(app, composeFiles(options, (headers) => callerOf(headers, options)))
}

/** The routes of data, likewise. */
export function mountData(app: FastifyInstance, options: SubgraphOptions): void {
  dataRoutesOf(app, options, (headers) => callerOf(headers, options))
}

/** The route of runs' logs on a server that everybody may reach, like those of files. */
export function mountLogs(app: FastifyInstance, options: SubgraphOptions): void {
  logRoutes(app, { runsFor: composeServices(options).runsFor, callerOf: (headers) => callerOf(headers, options) })
}

function composeFiles({ config, database }: SubgraphOptions, callerOf: FileServices['callerOf']): FileServices {
  const { domain, publicUrl, maxFileBytes, reads } = config
  const limits = { maxFileBytes, quota: config.uploadQuota }
  const storage = openStorage(config)
  const queries = postgres.fileQueries(database)
  const sessions = postgres.uploadSessions(database)
  const ledger = postgres.fileLedger(database)
  /** The audit log records a stored upload, but not the quota that is reserved or freed on the way. */
  const ports = (said: object): ResumePorts => ({
    storage,
    sessions,
    files: queries,
    ledger: { ...ledger, keepUpload: (file, actor, ...rest) => asUpload(said, actor, () => ledger.keepUpload(file, actor, ...rest)) },
  })
  return {
    callerOf,
    upload: (input, actor) => uploadFile(ports(input), input, limits, actor),
    resumable: {
      begin: (input, actor) => beginUpload(ports(input), input, limits, actor),
      progress: (id, actor) => uploadProgress(ports({}), id, actor),
      continue: (input, actor) => continueUpload(ports({}), input, actor),
      end: (id, actor) => endUpload(ports({}), id, actor),
    },
    queries,
    blobs: storage.blobs,
    domain,
    publicUrl,
    maxFileBytes,
    reads,
  }
}

export interface RunningSubgraph {
  readonly url: string
  close(): Promise<void>
}

/** Serves a subgraph over HTTP, to the gateway alone. */
export async function serveSubgraph(subgraph: Subgraph, options: SubgraphOptions): Promise<RunningSubgraph> {
  const { config, log, database, gatewaySecret } = options
  const server = new ApolloServer<SubgraphContext>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => unreadableValue(error) ?? (isGraphQLError(error) ? subgraph.formatError(error) : formatted),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
  })
  await server.start()
  const admit = doorkeeper(gatewaySecret)
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
  const callerBehindGateway = (purpose: GatewayPurpose) => async (headers: Headers) => {
    admit(headers, purpose)
    return callerOf(headers, options)
  }
  if (subgraph.name === 'records') fileRoutes(app, composeFiles(options, callerBehindGateway('files')))
  if (subgraph.name === 'data') dataRoutesOf(app, options, callerBehindGateway('data'))
  const { importRecords } = subgraph
  if (importRecords) importRoute(app, importRecords)
  if (subgraph.name === 'registry') {
    logRoutes(app, { runsFor: composeServices(options).runsFor, callerOf: callerBehindGateway('logs') })
    revocationRoute(app, { admit: (headers) => admit(headers, 'revocations'), revoked: () => postgres.revokedTokens(database) })
  }
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
    throw new Error(`The subgraph ${name} as a service of its own needs STRATA_ROLE=${name}, which says what else is missing.`)
  }
  const log = createLogger(config.log, name)
  await refuseTakenPort(config)
  await postgres.migrate(databaseUrl)
  const pool = { url: databaseUrl, poolSize: config.databasePoolSize, statementTimeouts: config.limits.statementTimeouts }
  const database = postgres.openDatabase({ ...pool, name: `strata ${name}` })
  const reading = { name: 'strata read', readsPerCaller: config.limits.readsPerCaller }
  // Only data has datasets to read: nobody else's services ever ask this one for a connection.
  const reader = name === 'data' ? await postgres.openReader({ ...pool, ...reading, readUrl: config.databaseReadUrl, log }) : database
  await postgres.keepDomain(database, config.domain)
  const identity = archiveIdentity({
    config,
    secret: tokenSecret,
    loadRevoked: () => postgres.revokedTokens(database),
    report: (err) => log.error({ err }, 'the keys of the machines\' issuer could not be renewed'),
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

function asUpload<T>(input: object, actor: string, work: () => Promise<T>): Promise<T> {
  return postgres.withinChange(changeOf('uploadFile', input, actor), work)
}

function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}
