import { createToken, revokeToken, type SignToken } from '@strata/domain/identity'
import { createRelease, inspectRelease, setLive, setReleaseState, type RegistryPorts } from '@strata/domain/registry'
import { cancelBackfill, cancelRun, reproduceRun, resumeBackfill, retryRun, runViews, startBackfill } from '@strata/domain/run'
import type { Storage } from '@strata/domain/shared'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { inspectModule } from '@strata/infrastructure/runner'
import { storagePart } from '@strata/infrastructure/storage'
import { currentRequestId } from '@strata/infrastructure/telemetry'
import type { ComposedSubgraph } from '../server/composed-subgraph.ts'
import { backfillResolvers } from './backfills/resolvers/index.ts'
import type { BackfillServices } from './backfills/services.ts'
import { createLoaders, type RegistryServices } from './context.ts'
import { hookResolvers } from './hooks/resolvers/index.ts'
import { operatorOf, type Operator } from './identity/operator.ts'
import { identityResolvers } from './identity/resolvers/index.ts'
import { revocationRoute } from './identity/revocation-route.ts'
import type { IdentityServices } from './identity/services.ts'
import { logRoutes } from './logs/log-routes.ts'
import { logResolvers } from './logs/resolvers.ts'
import { releaseResolvers } from './releases/resolvers/index.ts'
import type { ReleaseServices } from './releases/services.ts'
import { reproductionResolvers } from './reproductions/resolvers/index.ts'
import type { ReproductionServices } from './reproductions/services.ts'
import { runResolvers } from './runs/resolvers/index.ts'
import type { RunServices } from './runs/services.ts'
import { verificationResolvers } from './verification/resolvers.ts'

export interface RegistryParts {
  readonly config: Config
  readonly database: postgres.Database
  /** Has the logs of runs. */
  readonly storage: Storage
  readonly sign: SignToken
}

export function composeRegistry(parts: RegistryParts): ComposedSubgraph<RegistryServices> {
  const { config, database, storage } = parts
  const services = composeServices(parts)
  return {
    name: 'registry',
    resolvers: [
      hookResolvers,
      releaseResolvers,
      runResolvers,
      logResolvers,
      backfillResolvers,
      reproductionResolvers,
      identityResolvers,
      verificationResolvers,
    ],
    services,
    loadersFor: (principal) => createLoaders(services, principal),
    parts: [postgres.databasePart('database', database), storagePart(config, storage)],
    mount: (app, callerFor) => logRoutes(app, { ...services.logs, callerOf: callerFor('logs') }),
    mountForGateway: (app, admit) =>
      revocationRoute(app, { admit: (headers) => admit(headers, 'revocations'), revoked: () => postgres.revokedTokens(database) }),
  }
}

/** What a person with access to the archive's machine may do there. */
export function composeOperator({ database, sign }: Pick<RegistryParts, 'database' | 'sign'>): Operator {
  return operatorOf(
    (by, work) =>
      postgres.withinChange({ ...by, targets: [] }, () => postgres.transaction(database, (tx) => work(postgres.tokenRepository(tx)))),
    sign,
  )
}

function composeServices(parts: RegistryParts): RegistryServices {
  const { database, storage } = parts
  const queries = postgres.registryQueries(database)
  const runPorts = {
    runs: postgres.runQueries(database),
    logs: postgres.runLogs(database, storage.blobs),
    results: postgres.runResults(database),
  }
  const viewsFor: RunServices['viewsFor'] & RegistryServices['logs']['viewsFor'] = (principal) => runViews(runPorts, principal)
  return {
    hooks: queries,
    releases: { ...queries, ...releaseChanges(parts) },
    runs: { viewsFor, queue: (first) => runPorts.runs.queue(first), ...runChanges(database) },
    logs: { viewsFor },
    backfills: backfillServices(database),
    reproductions: reproductionServices(database),
    identity: identityServices(parts),
    verification: postgres.verificationReports(database),
    recordNames: postgres.recordNames(database),
  }
}

function releaseChanges({ config, database }: RegistryParts): Pick<ReleaseServices, 'create' | 'setLive' | 'setState'> {
  const inspection = { module: inspectModule, registries: config.registries }
  return {
    create: async (input, actor) => {
      inspectRelease(inspection, input)
      return postgres.transaction(database, (tx) => createRelease(registryPorts(tx, actor), input, actor))
    },
    setLive: (input, actor) => postgres.transaction(database, (tx) => setLive(registryPorts(tx, actor), input, actor)),
    setState: (input, actor) => postgres.transaction(database, (tx) => setReleaseState(registryPorts(tx, actor), input, actor)),
  }
}

function registryPorts(tx: postgres.Transaction, actor: string): RegistryPorts {
  return { hooks: postgres.hookRepository(tx), modules: postgres.moduleStore(tx), outbox: postgres.outbox(tx, actor) }
}

function runChanges(database: postgres.Database): Pick<RunServices, 'cancel' | 'retry'> {
  return {
    cancel: (input, actor) =>
      postgres.transaction(database, (tx) =>
        cancelRun({ runs: postgres.runControls(tx), batches: postgres.batchStore(tx), outbox: postgres.outbox(tx, actor) }, input, actor),
      ),
    retry: (input, actor) => postgres.transaction(database, (tx) => retryRun({ runs: postgres.runControls(tx) }, input, actor)),
  }
}

function backfillServices(database: postgres.Database): BackfillServices {
  return {
    ...postgres.backfillQueries(database),
    start: (input, actor) =>
      postgres.transaction(database, (tx) =>
        startBackfill({ ...planningPorts(tx), hooks: postgres.hookRepository(tx) }, input, origin(actor)),
      ),
    cancel: (input, actor) =>
      postgres.transaction(database, (tx) =>
        cancelBackfill({ ...planningPorts(tx), runs: postgres.runControls(tx), outbox: postgres.outbox(tx, actor) }, input, actor),
      ),
    resume: (input) => postgres.transaction(database, (tx) => resumeBackfill(planningPorts(tx), input)),
  }
}

function planningPorts(tx: postgres.Transaction) {
  return { backfills: postgres.backfillStore(tx), records: postgres.planningRecords(tx), batches: postgres.batchStore(tx) }
}

function reproductionServices(database: postgres.Database): ReproductionServices {
  return {
    ...postgres.reproductionQueries(database),
    reproduce: (input, actor) =>
      postgres.transaction(database, (tx) =>
        reproduceRun({ reproducible: postgres.reproducibleRuns(tx), batches: postgres.batchStore(tx) }, input, origin(actor)),
      ),
  }
}

function origin(actor: string) {
  return { actor, requestId: currentRequestId() }
}

function identityServices({ config, database, sign }: RegistryParts): IdentityServices {
  const isPublic = config.publicUrl !== undefined
  return {
    tokens: {
      ...postgres.tokenQueries(database),
      create: (input, actor) =>
        postgres.transaction(database, (tx) => createToken({ tokens: postgres.tokenRepository(tx), sign, isPublic }, input, actor)),
      revoke: (id, actor) => postgres.transaction(database, (tx) => revokeToken({ tokens: postgres.tokenRepository(tx) }, id, actor)),
    },
    audit: postgres.auditQueries(database),
  }
}
