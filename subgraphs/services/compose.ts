import { deployConvention, inspectDeploy, removeConvention } from '@strata/domain/convention'
import type { DepositionPorts } from '@strata/domain/deposition'
import { actorOf, changeOf, createToken, reachOf, revokeToken, type SignToken } from '@strata/domain/identity'
import { diffReleases, drawGraph, explainRow, findTouched } from '@strata/domain/provenance'
import { importRecords, publishRecords, type Naming, type PublishInput } from '@strata/domain/record'
import { createRelease, inspectRelease, setLive, setReleaseState, type RegistryPorts } from '@strata/domain/registry'
import { cancelRun, retryRun, runViews } from '@strata/domain/run'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { inspectModule } from '@strata/infrastructure/runner'
import { openStorage } from '@strata/infrastructure/storage'
import type { Logger } from '@strata/infrastructure/telemetry'
import { depositServices } from '../records/depositions/services.ts'
import type { CitationServices, Services } from '../server/services.ts'
import { citationServices } from '../data/citations/citation-services.ts'
import { backfillServices } from './backfills/compose.ts'

export interface ServiceOptions {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  /** The same database for the role that can only read: whatever is asked about datasets and where they come from. */
  readonly reader: postgres.Database
  readonly sign: SignToken
}

/** Every use case in one transaction on this database, and every query on it or, of datasets, on the reader's connections. */
export function composeServices({ database, reader, config, log, sign }: ServiceOptions): Services {
  const naming = { domain: config.domain, warn: (message: string) => log.warn(message) }
  const isPublic = config.publicUrl !== undefined
  const inspection = { module: inspectModule, registries: config.registries }
  const histories = postgres.rowHistories(reader)
  const blastRadii = postgres.blastRadii(reader)
  const runPorts = {
    runs: postgres.runQueries(database),
    logs: postgres.runLogs(database, openStorage(config).blobs),
    results: postgres.runResults(database),
  }
  return {
    createToken: (input, actor) =>
      postgres.transaction(database, (tx) => createToken({ tokens: postgres.tokenRepository(tx), sign, isPublic }, input, actor)),
    revokeToken: (id, actor) => postgres.transaction(database, (tx) => revokeToken({ tokens: postgres.tokenRepository(tx) }, id, actor)),
    tokens: postgres.tokenQueries(database),
    audit: postgres.auditQueries(database),
    verifications: postgres.verificationReports(database),
    deploy: async (input, caller) => {
      const unfit = inspectDeploy(inspection, input)
      const actor = actorOf(caller)
      return postgres.transaction(database, (tx) =>
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
          reachOf(caller, 'deploy'),
          unfit,
        ),
      )
    },
    removeConvention: (slug) => postgres.transaction(database, (tx) => removeConvention(postgres.conventionRepository(tx), slug)),
    createRelease: async (input, actor) => {
      inspectRelease(inspection, input)
      return postgres.transaction(database, (tx) => createRelease(registryPorts(tx, actor), input, actor))
    },
    setLive: (input, actor) => postgres.transaction(database, (tx) => setLive(registryPorts(tx, actor), input, actor)),
    setReleaseState: (input, actor) => postgres.transaction(database, (tx) => setReleaseState(registryPorts(tx, actor), input, actor)),
    publishRecords: (input, actor) => postgres.transaction(database, (tx) => publishWithin(tx, naming)(input, actor)),
    deposit: depositServices((work) => postgres.transaction(database, (tx) => work(depositionPorts(tx, naming)))),
    depositions: postgres.depositionQueries(database),
    importRecords: (input, actor) =>
      importRecords(
        {
          schemaOf: (slug) => postgres.schemaOf(database, slug),
          publish: (chunk) =>
            postgres.withinChange(changeOf('importRecords', input, actor), () =>
              postgres.transaction(database, (tx) => publishWithin(tx, naming)(chunk, actor)),
            ),
        },
        input,
      ),
    cancelRun: (input, actor) =>
      postgres.transaction(database, (tx) =>
        cancelRun({ runs: postgres.runControls(tx), batches: postgres.batchStore(tx), outbox: postgres.outbox(tx, actor) }, input, actor),
      ),
    retryRun: (input, actor) => postgres.transaction(database, (tx) => retryRun({ runs: postgres.runControls(tx) }, input, actor)),
    ...backfillServices(database),
    conventions: postgres.conventionQueries(database),
    registry: postgres.registryQueries(database),
    records: postgres.recordQueries(database),
    runQueue: (first) => runPorts.runs.queue(first),
    runsFor: (principal) => runViews(runPorts, principal),
    files: postgres.fileQueries(database),
    datasets: postgres.datasetQueries(reader),
    explainRow: (input) => explainRow(histories, input, config.domain),
    supersededRows: (id, by, limit) =>
      histories.rowsOf(
        id,
        by.map(({ result }) => result.run),
        limit,
      ),
    findTouched: (of) => findTouched(blastRadii, of),
    blastRadii,
    citations: composeCitations({ database, reader }, config.domain),
    diffReleases: (input) => diffReleases(postgres.releaseDiffs(reader), input),
    provenance: (question) =>
      drawGraph(postgres.lineageArchive(reader, config.domain), question, { domain: config.domain, now: new Date() }),
  }
}

/** Also for what opens citations beside GraphQL. */
export function composeCitations({ database, reader }: Pick<ServiceOptions, 'database' | 'reader'>, domain: string): CitationServices {
  return citationServices({
    domain,
    things: postgres.citedThings(reader),
    datasets: postgres.datasetQueries(reader),
    downloads: postgres.downloadQueries(reader, { domain }),
    conventions: postgres.conventionQueries(reader),
    registry: postgres.registryQueries(reader),
    momentsOf: (conventions) => postgres.momentsOf(reader, conventions),
    releasesOfDatasets: (datasets) => postgres.releasesOfDatasets(reader, datasets),
    releasesOfRecords: (records) => postgres.releasesOfRecords(reader, records),
    keep: (citation) => postgres.transaction(database, (tx) => postgres.citationStore(tx).keep(citation)),
  })
}

function registryPorts(tx: postgres.Transaction, actor: string): RegistryPorts {
  return { hooks: postgres.hookRepository(tx), modules: postgres.moduleStore(tx), outbox: postgres.outbox(tx, actor) }
}

function publishWithin(tx: postgres.Transaction, naming: Naming) {
  return (input: PublishInput, actor: string) =>
    publishRecords(
      { records: postgres.recordStore(tx), files: postgres.recordFileStore(tx), outbox: postgres.outbox(tx, actor), naming },
      input,
      actor,
    )
}

function depositionPorts(tx: postgres.Transaction, naming: Naming): DepositionPorts {
  return {
    depositions: postgres.depositionRepository(tx),
    files: postgres.recordFileStore(tx),
    outboxOf: (actor) => postgres.outbox(tx, actor),
    publish: publishWithin(tx, naming),
  }
}
