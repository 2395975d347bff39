import { join } from 'node:path'
import { composeGateway } from '@strata/gateway'
import type { Config } from '@strata/infrastructure/environment'
import { archiveTokens } from '@strata/infrastructure/idp'
import { keepDomain, migrate, openDatabase, startEmbeddedPostgres } from '@strata/infrastructure/postgres'
import { openQueue } from '@strata/infrastructure/queue'
import type { Logger } from '@strata/infrastructure/telemetry'
import { composeSubgraph, mountFiles, subgraphNames } from '@strata/subgraphs'
import { composeWorker } from '@strata/workers'
import { keepCredentials } from './credentials.ts'
import { claimDataDirectory } from './data-directory.ts'
import { loadSecrets } from './secrets.ts'

/** One running archive: everything in this process, on embedded parts where the configuration names no others. */
export interface ArchiveNode {
  readonly url: string
  readonly dataDir: string
  close(): Promise<void>
}

const yearInSeconds = 365 * 24 * 3600

/** Starts the parts in the order in which they need each other; `close` (or a failed start) ends them in reverse. */
export async function startNode(config: Config, log: Logger): Promise<ArchiveNode> {
  await using parts = new AsyncDisposableStack()

  const directory = claimDataDirectory(config.dataDir)
  parts.defer(() => directory.release())

  const { tokenSecret, gatewaySecret } = loadSecrets(config)
  const databaseUrl = config.databaseUrl ?? (await embeddedDatabase(config, parts))
  const { applied } = await migrate(databaseUrl)
  if (applied.length > 0) log.debug({ applied }, 'migrated the database')

  const database = openDatabase({
    url: databaseUrl,
    poolSize: config.databasePoolSize,
    name: 'strata',
    statementTimeouts: config.limits.statementTimeouts,
  })
  parts.defer(() => database.close())
  await keepDomain(database, config.domain)

  const queue = await openQueue({ databaseUrl, redisUrl: config.redisUrl, log })
  parts.defer(() => queue.close())
  const worker = await composeWorker({ config, log, database, queue })
  parts.defer(() => worker.close())

  const tokens = archiveTokens({ secret: tokenSecret, domain: config.domain })
  const { verify } = tokens
  const options = { config, log, database, gatewaySecret, verify }
  const subgraphs = subgraphNames.map((name) => composeSubgraph(name, options))
  const gateway = await composeGateway({
    config,
    log,
    gatewaySecret,
    verify,
    subgraphs: { kind: 'in-process', subgraphs },
    files: { kind: 'in-process', mount: (app) => mountFiles(app, options) },
    ready: async () => (await database.pool.query('select 1')).rowCount === 1,
  })
  parts.defer(() => gateway.close())

  await keepCredentials(config.dataDir, gateway.url, {
    isValid: (token) => verify(token).then(() => true, () => false),
    mint: () => tokens.sign({ subject: 'operator', roles: ['ADMIN'], scopes: [], expiresInSeconds: yearInSeconds }),
  })
  const running = parts.move()
  return { url: gateway.url, dataDir: config.dataDir, close: () => running.disposeAsync() }
}

async function embeddedDatabase(config: Config, parts: AsyncDisposableStack): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dir: join(config.dataDir, 'postgres') })
  parts.defer(() => postgres.stop())
  return postgres.url
}
