import { join } from 'node:path'
import { composeGateway, type Session, type SignIn } from '@strata/gateway'
import { closingWithin, type Config } from '@strata/infrastructure/environment'
import { refuseTakenPort } from '@strata/infrastructure/http'
import { archiveIdentity, tokenId } from '@strata/infrastructure/idp'
import {
  databasePart,
  keepDomain,
  migrate,
  openDatabase,
  openReader,
  revokedTokens,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '@strata/infrastructure/postgres'
import { openQueue, queuePart } from '@strata/infrastructure/queue'
import { requireEngine } from '@strata/infrastructure/runner'
import { openStorage, storagePart } from '@strata/infrastructure/storage'
import type { Logger } from '@strata/infrastructure/telemetry'
import { composeOperator, composeSubgraphs, type Operator } from '@strata/subgraphs'
import { composeWorker } from '@strata/workers'
import { dropCredentials, keepCredentials } from './credentials.ts'
import { claimDataDirectory } from './data-directory.ts'
import { loadSecrets } from './secrets.ts'
import { dropLinks, signInDirectory, signInLinks } from './sign-in-links.ts'

/** A running archive in this process, with embedded parts where none are configured. */
export interface ArchiveNode {
  readonly url: string
  readonly dataDir: string
  /** A one-time link that signs the operator in to the web UI. Undefined when the archive is public. */
  readonly signInUrl: string | undefined
  /** Resolves with the reason when the embedded database has ended and will not be restarted. */
  readonly lost: Promise<Error>
  close(): Promise<void>
}

const dayInSeconds = 24 * 3600
const yearInSeconds = 365 * dayInSeconds
const operatorGrant = { subject: 'operator', roles: ['ADMIN'], scopes: [], isLocal: true } as const

interface DatabaseAddresses {
  readonly databaseUrl: string
  readonly databaseReadUrl: string | undefined
  readonly own?: EmbeddedPostgres
}

/** Starts the parts in the order of their dependencies. `close`, or a failed start, ends them in reverse. */
export async function startNode(config: Config, log: Logger): Promise<ArchiveNode> {
  await using parts = new AsyncDisposableStack()
  const closing = closingWithin(log)

  const directory = claimDataDirectory(config.dataDir)
  parts.defer(() => directory.release())
  await refuseTakenPort(config)
  requireEngine(config)

  const { tokenSecret, gatewaySecret } = loadSecrets(config)
  const { databaseUrl, databaseReadUrl, own } = await databaseOf(config, log, parts)
  const { applied } = await migrate(databaseUrl)
  if (applied.length > 0) log.debug({ applied }, 'migrated the database')

  const pool = { url: databaseUrl, poolSize: config.databasePoolSize, statementTimeouts: config.limits.statementTimeouts }
  const database = openDatabase({ ...pool, name: 'strata' })
  parts.defer(closing('database', () => database.close()))
  // Checking the reader's rights takes a while and runs in parallel; the reader is awaited before its first use.
  const openingReader = openReader({
    ...pool,
    name: 'strata read',
    readUrl: databaseReadUrl,
    log,
    readsPerCaller: config.limits.readsPerCaller,
  })
  const openedReader = openingReader.catch(() => undefined)
  parts.defer(closing('database for reading', async () => (await openedReader)?.close()))
  await keepDomain(database, config.domain)

  const storage = openStorage(config)
  const queue = await openQueue({ databaseUrl, redisUrl: config.redisUrl, log })
  parts.defer(closing('queue', () => queue.close()))
  const worker = await composeWorker({ config, log, database, queue, storage })
  parts.defer(closing('worker', () => worker.close()))

  const identity = archiveIdentity({
    config,
    secret: tokenSecret,
    loadRevoked: () => revokedTokens(database),
    report: (err) => log.error({ err }, "the keys of the machines' issuer could not be renewed"),
  })
  const { verify, sign } = identity
  const operator = composeOperator({ database, sign })
  // Conveniences for users who can read this machine's terminal and files. A public archive has none.
  const isLocal = config.publicUrl === undefined
  const linksIn = signInDirectory(config.dataDir)
  dropLinks(linksIn)
  const links = isLocal ? signInLinks(linksIn, () => openSession(operator)) : undefined
  const reader = await openingReader
  let hasStarted = false
  const subgraphs = composeSubgraphs({ config, log, database, reader, storage, gatewaySecret, verify, sign })
  const gateway = await composeGateway({
    config,
    log,
    gatewaySecret,
    verify,
    subgraphs: { kind: 'in-process', subgraphs },
    signIn: links && sessionsOf(links, operator),
    parts: [
      { name: 'start', isQuiet: true, check: async () => (hasStarted ? undefined : Promise.reject(new Error('the node is starting'))) },
      databasePart('database', database, own),
      databasePart('database for reading', reader, own),
      queuePart(queue, config.redisUrl),
      storagePart(config, storage),
    ],
  })
  parts.defer(closing('gateway', () => gateway.close()))

  if (isLocal) {
    await keepCredentials(config.dataDir, gateway.url, {
      isValid: (token) =>
        verify(token).then(
          () => true,
          () => false,
        ),
      mint: async () => (await operator.issue({ ...operatorGrant, expiresInSeconds: yearInSeconds }, byNode)).token,
    })
  } else dropCredentials(config.dataDir)
  hasStarted = true
  const running = parts.move()
  const signInUrl = links && `${gateway.url}${links.create()}`
  return {
    url: gateway.url,
    dataDir: config.dataDir,
    signInUrl,
    lost: own?.lost ?? new Promise(() => {}),
    close: () => running.disposeAsync(),
  }
}

const byNode = { operation: 'keepCredentials', actor: 'system:node' }

async function openSession(operator: Operator): Promise<Session> {
  const maxAgeSeconds = 7 * dayInSeconds
  const by = { operation: 'signIn', actor: 'user:operator' }
  const { token } = await operator.issue({ ...operatorGrant, expiresInSeconds: maxAgeSeconds }, by)
  return { token, maxAgeSeconds }
}

function sessionsOf({ exchange }: Pick<SignIn, 'exchange'>, operator: Operator): SignIn {
  return { exchange, end: (token) => operator.revoke(tokenId(token), { operation: 'signOut', actor: 'user:operator' }) }
}

/** The configured database, or the node's own. */
async function databaseOf(config: Config, log: Logger, parts: AsyncDisposableStack): Promise<DatabaseAddresses> {
  const { databaseUrl, databaseReadUrl } = config
  if (databaseUrl !== undefined) return { databaseUrl, databaseReadUrl }
  const postgres = await startEmbeddedPostgres({
    dir: join(config.dataDir, 'postgres'),
    maxConnections: 2 * config.databasePoolSize + otherConnections,
    log,
  })
  parts.defer(() => postgres.stop())
  return { databaseUrl: postgres.url, databaseReadUrl: postgres.readUrl, own: postgres }
}

/** Besides the two pools: the queue and listeners, and some for the token command and psql. */
const otherConnections = 80
