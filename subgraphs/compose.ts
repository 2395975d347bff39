import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { deployConvention } from '@strata/domain/convention'
import type { DepositionPorts } from '@strata/domain/deposition'
import {
  anonymous,
  bearerToken,
  createToken,
  issueToken,
  parseTokenInput,
  privateArchive,
  revokeToken,
  type CreateTokenInput,
  type IssuedToken,
  type Principal,
  type SignToken,
  type TokenGrant,
} from '@strata/domain/identity'
import { publishRecords, type PublishInput } from '@strata/domain/record'
import { createRelease, setLive, setReleaseState, type RegistryPorts } from '@strata/domain/registry'
import { Unauthenticated } from '@strata/domain/shared'
import { untilAskedToStop, type Config } from '@strata/infrastructure/environment'
import { createHttpApp, graphqlEndpoint, listen } from '@strata/infrastructure/http'
import { archiveIdentity, isSameSecret } from '@strata/infrastructure/idp'
import * as postgres from '@strata/infrastructure/postgres'
import { createLogger, type Logger } from '@strata/infrastructure/telemetry'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { resolvers as conventions } from './conventions/resolvers/index.ts'
import { resolvers as data } from './data/resolvers/index.ts'
import { depositServices } from './records/deposit-services.ts'
import { resolvers as records } from './records/resolvers/index.ts'
import { resolvers as registry } from './registry/resolvers/index.ts'
import { revocationRoute } from './registry/revocation-route.ts'
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
  readonly sign: SignToken
}

/** A subgraph that can be run in the gateway's process or served over HTTP, the same in both. */
export interface Subgraph {
  readonly name: SubgraphName
  readonly schema: GraphQLSchema
  contextFor(headers: Readonly<Record<string, string | undefined>>): Promise<SubgraphContext>
  formatError(error: GraphQLError): GraphQLFormattedError
}

export function composeSubgraph(name: SubgraphName, options: SubgraphOptions): Subgraph {
  const { config, log, gatewaySecret } = options
  const services = composeServices(options)
  return {
    name,
    schema: buildSubgraph(name, resolversOf[name]),
    formatError: (error) => formatSubgraphError(error, (fault) => log.error({ err: fault, subgraph: name }, 'a resolver failed')),
    async contextFor(headers) {
      refuseStrangers(headers, gatewaySecret)
      const principal = await callerOf(headers, options)
      return { principal, domain: config.domain, services, loaders: createLoaders(services), withinChange: postgres.withinChange }
    },
  }
}

type Headers = Readonly<Record<string, string | undefined>>

function refuseStrangers(headers: Headers, gatewaySecret: string): void {
  if (isSameSecret(headers['x-strata-gateway'], gatewaySecret)) return
  throw new Unauthenticated('This service answers the gateway alone; send the request there.')
}

/** Verified here although the gateway did: a service does not take the gateway's word for who calls. */
async function callerOf(headers: Headers, { config, verify }: Pick<SubgraphOptions, 'config' | 'verify'>): Promise<Principal> {
  const token = bearerToken(headers.authorization)
  if (token !== undefined) return verify(token)
  if (config.reads === 'private') throw new Unauthenticated(privateArchive)
  return anonymous
}

/** What whoever runs the archive's machine may do there, without a token to begin with. */
export interface Operator {
  issue(grant: TokenGrant, by: { operation: string; actor: string }): Promise<IssuedToken>
  revoke(id: string, by: { operation: string; actor: string }): Promise<void>
}

export function composeOperator({ database, sign }: Pick<SubgraphOptions, 'database' | 'sign'>): Operator {
  const change = <T>(by: { operation: string; actor: string }, work: (tx: postgres.Transaction) => Promise<T>) =>
    postgres.withinChange({ ...by, targets: [] }, () => postgres.transaction(database, work))
  return {
    issue: (grant, by) => change(by, (tx) => issueToken({ tokens: postgres.tokenRepository(tx), sign }, grant, by.actor)),
    revoke: (id, by) => change(by, async (tx) => void (await revokeToken({ tokens: postgres.tokenRepository(tx) }, id, by.actor))),
  }
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
export async function serveSubgraph(subgraph: Subgraph, { config, log, database, gatewaySecret }: SubgraphOptions): Promise<RunningSubgraph> {
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
  const app = createHttpApp({
    log,
    maxBodyBytes: config.maxBodyBytes + 1_048_576,
    addressOf: (headers) => (isSameSecret(headers['x-strata-gateway'], gatewaySecret) ? headers['x-strata-address'] : undefined),
  })
  graphqlEndpoint(app, { path: '/graphql', server, contextFor: (headers) => subgraph.contextFor(headers) })
  if (subgraph.name === 'registry') {
    revocationRoute(app, { admit: (headers) => refuseStrangers(headers, gatewaySecret), revoked: () => postgres.revokedTokens(database) })
  }
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
  const identity = archiveIdentity({
    config,
    secret: tokenSecret,
    loadRevoked: () => postgres.revokedTokens(database),
    report: (err) => log.error({ err }, 'the keys of the machines\' issuer could not be renewed'),
  })
  const options = { config, log, database, gatewaySecret, ...identity }
  const running = await serveSubgraph(composeSubgraph(name, options), options)
  log.info({ url: running.url }, `${name} ready`)
  await untilAskedToStop()
  await running.close()
  await database.close()
}

function composeServices({ database, config, sign }: SubgraphOptions): Services {
  const isPublic = config.publicUrl !== undefined
  return {
    createToken: (input, actor) =>
      postgres.transaction(database, (tx) => createToken({ tokens: postgres.tokenRepository(tx), sign, isPublic }, input, actor)),
    revokeToken: (id, actor) => postgres.transaction(database, (tx) => revokeToken({ tokens: postgres.tokenRepository(tx) }, id, actor)),
    tokens: postgres.tokenQueries(database),
    audit: postgres.auditQueries(database),
    deploy: (input, actor) =>
      postgres.transaction(database, (tx) =>
        deployConvention(
          {
            conventions: postgres.conventionRepository(tx),
            schemas: postgres.schemaRepository(tx),
            featureTables: postgres.featureTables(tx),
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
    conventions: postgres.conventionQueries(database),
    registry: postgres.registryQueries(database),
    records: postgres.recordQueries(database),
    datasets: postgres.datasetQueries(database),
  }
}

function registryPorts(tx: postgres.Transaction, actor: string): RegistryPorts {
  return { hooks: postgres.hookRepository(tx), modules: postgres.moduleStore(tx), outbox: postgres.outbox(tx, actor) }
}

function publishWithin(tx: postgres.Transaction) {
  return (input: PublishInput, actor: string) =>
    publishRecords({ records: postgres.recordStore(tx), outbox: postgres.outbox(tx, actor) }, input, actor)
}

function depositionPorts(tx: postgres.Transaction): DepositionPorts {
  return {
    depositions: postgres.depositionRepository(tx),
    outboxOf: (actor) => postgres.outbox(tx, actor),
    publish: publishWithin(tx),
  }
}

function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}
