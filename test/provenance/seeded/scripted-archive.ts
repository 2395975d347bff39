import { randomBytes } from 'node:crypto'
import type { ProgramRunner } from '@strata/domain/run'
import { composeGateway } from '@strata/gateway'
import { loadConfig } from '@strata/infrastructure/environment'
import { archiveIdentity } from '@strata/infrastructure/idp'
import { revokedTokens } from '@strata/infrastructure/postgres'
import { openQueue } from '@strata/infrastructure/queue'
import { createLogger } from '@strata/infrastructure/telemetry'
import { openStorage } from '@strata/infrastructure/storage'
import { composeSubgraphs } from '@strata/subgraphs'
import { composeWorker } from '@strata/workers'
import { createTestDatabase, temporaryDirectory, type TestDatabase } from '../../support/index.ts'
import { graphqlClient } from '../../support/graphql-client.ts'
import { quick } from '../../runs/open-runs.ts'

export interface ScriptedArchive extends AsyncDisposable {
  readonly database: TestDatabase
  /** Asks as somebody who may do everything, and throws what is refused. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test knows what it asked for
  ask(who: string, query: string, variables?: Record<string, unknown>): Promise<any>
}

/** A whole archive in this process, as a node is, but with a runner of the test's own. */
export async function openScriptedArchive(runner: ProgramRunner): Promise<ScriptedArchive> {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await createTestDatabase())
  const directory = parts.use(await temporaryDirectory())
  const [secret, gatewaySecret] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
  const config = loadConfig({
    STRATA_PORT: '0',
    STRATA_DATA_DIR: directory.path,
    STRATA_LOG_LEVEL: 'silent',
    STRATA_RUN_MEMORY: '4Gi',
    STRATA_TOKEN_SECRET: secret,
    STRATA_GATEWAY_SECRET: gatewaySecret,
    DATABASE_URL: database.url,
  })
  const log = createLogger(config.log, 'test')
  const storage = openStorage(config)
  const queue = await openQueue({ databaseUrl: database.url, log })
  parts.defer(() => queue.close())
  // Leases as long as an archive's own: a history is not about workers that are slow.
  const worker = await composeWorker({
    config,
    log,
    database,
    queue,
    storage,
    runners: [runner],
    pace: { ...quick, leaseSeconds: 30, heartbeatMs: 3_000 },
  })
  parts.defer(() => worker.close())

  const { verify, sign } = archiveIdentity({ config, secret, loadRevoked: () => revokedTokens(database), report: () => {} })
  const options = { config, log, database, reader: database.reader, storage, gatewaySecret, verify, sign }
  const gateway = await composeGateway({
    config,
    log,
    gatewaySecret,
    verify,
    subgraphs: { kind: 'in-process', subgraphs: composeSubgraphs(options) },
    parts: [],
  })
  parts.defer(() => gateway.close())

  const running = parts.move()
  return {
    database,
    async ask(who, query, variables) {
      const token = await sign({ subject: who, roles: ['ADMIN'], scopes: [], expiresInSeconds: 600 })
      const { data, errors } = await graphqlClient(gateway.url, token)(query, variables)
      if (errors.length > 0) throw new Error(`${query} ${JSON.stringify(variables)}: ${JSON.stringify(errors)}`)
      return data
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
