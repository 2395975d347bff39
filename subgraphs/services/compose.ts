import { join } from 'node:path'
import { deployConvention } from '@strata/domain/convention'
import type { DepositionPorts } from '@strata/domain/deposition'
import { changeOf, createToken, revokeToken, type SignToken } from '@strata/domain/identity'
import { drawGraph } from '@strata/domain/provenance'
import { importRecords, publishRecords, type PublishInput } from '@strata/domain/record'
import { createRelease, setLive, setReleaseState, type RegistryPorts } from '@strata/domain/registry'
import { cancelRun, retryRun } from '@strata/domain/run'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { runLogs } from '@strata/infrastructure/runner'
import { depositServices } from '../records/deposit-services.ts'
import type { Services } from '../server/services.ts'

export interface ServiceOptions {
  readonly config: Config
  readonly database: postgres.Database
  readonly sign: SignToken
}

/** Every use case in one transaction on this database, and every query on it. */
export function composeServices({ database, config, sign }: ServiceOptions): Services {
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
          publish: (chunk) =>
            postgres.withinChange(changeOf('importRecords', input, actor), () =>
              postgres.transaction(database, (tx) => publishWithin(tx)(chunk, actor)),
            ),
        },
        input,
      ),
    cancelRun: (input, actor) =>
      postgres.transaction(database, (tx) =>
        cancelRun({ runs: postgres.runControls(tx), batches: postgres.batchStore(tx), outbox: postgres.outbox(tx, actor) }, input, actor),
      ),
    retryRun: (input, actor) => postgres.transaction(database, (tx) => retryRun({ runs: postgres.runControls(tx) }, input, actor)),
    conventions: postgres.conventionQueries(database),
    registry: postgres.registryQueries(database),
    records: postgres.recordQueries(database),
    runs: postgres.runQueries(database),
    runLogs: runLogs(join(config.dataDir, 'runs')),
    files: postgres.fileQueries(database),
    datasets: postgres.datasetQueries(database),
    provenance: (question) => drawGraph(postgres.lineageArchive(database, config.domain), question, { domain: config.domain, now: new Date() }),
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
