import { randomBytes } from 'node:crypto'
import { composeGateway, revokedTokensAt } from '@strata/gateway'
import { loadConfig, type Config } from '@strata/infrastructure/environment'
import { archiveIdentity, archiveTokens, gatewaySecrets, type TokenRequest } from '@strata/infrastructure/idp'
import { openDatabase, revokedTokens, type Database } from '@strata/infrastructure/postgres'
import { openQueue } from '@strata/infrastructure/queue'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger, type Logger } from '@strata/infrastructure/telemetry'
import { startNode } from '@strata/standalone'
import { startSubgraph, subgraphNames } from '@strata/subgraphs'
import { composeWorker } from '@strata/workers'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { graphqlClient, type Ask } from './graphql-client.ts'
import { temporaryDirectory } from './temporary-directory.ts'

export const topologies = ['one process', 'separate services'] as const
export type Topology = (typeof topologies)[number]

/** A complete archive on its own test database, used over HTTP through the gateway. */
export interface TestArchive extends AsyncDisposable {
  readonly url: string
  readonly database: TestDatabase
  /** Sends a query as the operator, an ADMIN. */
  readonly ask: Ask
  /** A client with another token, or without a token. */
  as(token?: Partial<TokenRequest>): Promise<Ask>
  sign(token?: Partial<TokenRequest>): Promise<string>
  /** The addresses of the subgraphs, if they are separate services. */
  readonly subgraphUrls: Readonly<Record<string, string>>
  /** The secrets that it shares with its services and users. */
  readonly secrets: { readonly tokenSecret: string; readonly gatewaySecret: string }
  /** Its sign-in link, if it has one. */
  readonly signInUrl: string | undefined
}

interface OpenOptions {
  /** Maps the database's address, for example to a proxy. */
  readonly through?: (url: string) => string
  readonly logged?: (line: string) => void
}

export async function openArchive(topology: Topology, settings: Record<string, string> = {}, o: OpenOptions = {}): Promise<TestArchive> {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await createTestDatabase())
  const directory = parts.use(await temporaryDirectory())
  const secrets = { tokenSecret: randomBytes(32).toString('hex'), gatewaySecret: randomBytes(32).toString('hex') }
  const config = loadConfig({
    STRATA_PORT: '0',
    STRATA_DATA_DIR: directory.path,
    STRATA_LOG_LEVEL: 'silent',
    STRATA_TOKEN_SECRET: secrets.tokenSecret,
    STRATA_GATEWAY_SECRET: secrets.gatewaySecret,
    DATABASE_URL: o.through?.(database.url) ?? database.url,
    DATABASE_READ_URL: o.through?.(database.reader.url) ?? database.reader.url,
    ...settings,
  })
  const log = createLogger(config.log, 'test', o.logged && { write: o.logged })
  const start = topology === 'one process' ? startTogether : startApart
  const { url, subgraphUrls, signInUrl } = await start({ config, log, database, ...secrets }, parts)

  const tokens = archiveTokens({ secret: secrets.tokenSecret, domain: config.domain })
  const sign = (token: Partial<TokenRequest> = {}) =>
    tokens.sign({ subject: 'somebody', roles: [], scopes: [], expiresInSeconds: 600, ...token })
  const as = async (token?: Partial<TokenRequest>) => graphqlClient(url, token && (await sign(token)))
  const ask = await as({ subject: 'operator', roles: ['ADMIN'] })
  const running = parts.move()
  return { url, database, ask, as, sign, subgraphUrls, secrets, signInUrl, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

interface Parts {
  readonly config: Config
  readonly log: Logger
  readonly database: Database
  readonly tokenSecret: string
  readonly gatewaySecret: string
}

interface Started {
  readonly url: string
  readonly subgraphUrls: Readonly<Record<string, string>>
  readonly signInUrl: string | undefined
}

async function startTogether({ config, log }: Parts, stack: AsyncDisposableStack): Promise<Started> {
  const node = await startNode(config, log)
  stack.defer(() => node.close())
  return { url: node.url, subgraphUrls: {}, signInUrl: node.signInUrl }
}

/** The services of docker-compose.yml in this process, each on its own port, so that every call goes over HTTP. */
async function startApart(
  { config, log, database: direct, tokenSecret, gatewaySecret }: Parts,
  stack: AsyncDisposableStack,
): Promise<Started> {
  const identity = (loadRevoked: () => Promise<readonly string[]>) =>
    archiveIdentity({ config, secret: tokenSecret, loadRevoked, report: () => {} })
  const urls: Record<string, string> = {}
  const database = openDatabase({
    url: config.databaseUrl ?? direct.url,
    poolSize: config.databasePoolSize,
    statementTimeouts: config.limits.statementTimeouts,
    name: 'test services',
  })
  stack.defer(() => database.close())
  for (const name of subgraphNames) {
    const running = await startSubgraph(name, { config, log, database, gatewaySecret, ...identity(() => revokedTokens(database)) })
    stack.defer(() => running.close())
    urls[name] = running.url
  }
  const queue = await openQueue({ databaseUrl: database.url, redisUrl: config.redisUrl, log })
  stack.defer(() => queue.close())
  const worker = await composeWorker({ config, log, database, queue, storage: openStorage(config) })
  stack.defer(() => worker.close())
  const gateway = await composeGateway({
    config,
    log,
    gatewaySecret,
    verify: identity(revokedTokensAt(urls['registry'] ?? '', gatewaySecrets(gatewaySecret).revocations)).verify,
    subgraphs: { kind: 'http', urls },
    parts: [],
  })
  stack.defer(() => gateway.close())
  return { url: gateway.url, subgraphUrls: urls, signInUrl: undefined }
}
