import type { DepositionPorts } from '@strata/domain/deposition'
import { changeOf } from '@strata/domain/identity'
import {
  beginUpload,
  continueUpload,
  endUpload,
  importRecords,
  publishRecords,
  restoreRecord,
  uploadFile,
  uploadProgress,
  withdrawRecord,
  type Naming,
  type PublishInput,
  type ResumePorts,
} from '@strata/domain/record'
import type { Storage } from '@strata/domain/shared'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { storagePart } from '@strata/infrastructure/storage'
import type { Logger } from '@strata/infrastructure/telemetry'
import type { ComposedSubgraph } from '../server/composed-subgraph.ts'
import { createLoaders, type RecordsServices } from './context.ts'
import { depositionResolvers } from './depositions/resolvers/index.ts'
import { depositionChanges } from './depositions/services.ts'
import { fileRoutes } from './files/file-routes.ts'
import { fileResolvers } from './files/resolvers.ts'
import type { FileServices } from './files/services.ts'
import { importRoute } from './import/import-route.ts'
import { recordRoute } from './page/record-route.ts'
import { recordResolvers } from './records/resolvers/index.ts'

export interface RecordsParts {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  readonly storage: Storage
}

export function composeRecords(parts: RecordsParts): ComposedSubgraph<RecordsServices> {
  const { config, log, database, storage } = parts
  const services = composeServices(parts)
  const { domain, publicUrl, maxFileBytes, reads } = config
  return {
    name: 'records',
    resolvers: [recordResolvers, depositionResolvers, fileResolvers],
    services,
    loadersFor: () => createLoaders(services),
    parts: [postgres.databasePart('database', database), storagePart(config, storage)],
    mount(app, callerFor) {
      fileRoutes(app, { ...services.files, callerOf: callerFor('files'), domain, publicUrl, maxFileBytes, reads })
      recordRoute(app, {
        callerOf: callerFor('files'),
        domain,
        publicUrl,
        names: services.records,
        records: services.records,
        files: services.files.queries,
      })
      importRoute(app, {
        callerOf: callerFor('import'),
        services: services.import,
        domain,
        unavailableFault: postgres.unavailableFault,
        reportBug: (err) => log.error({ err }, 'an import failed'),
      })
    },
  }
}

function composeServices(parts: RecordsParts): RecordsServices {
  const { config, log, database } = parts
  const queries = postgres.recordQueries(database)
  const naming = { domain: config.domain, warn: (message: string) => log.warn(message) }
  return {
    records: {
      ...queries,
      ...postgres.recordNames(database),
      originals: (forks) => queries.originalsOf(forks, config.domain),
      publish: (input, actor) => postgres.transaction(database, (tx) => publishWithin(tx, naming)(input, actor)),
      withdraw: (input, caller) =>
        postgres.transaction(database, (tx) =>
          withdrawRecord({ withdrawals: postgres.withdrawalStore(tx) }, input, { caller, domain: config.domain }),
        ),
      restore: (input, actor) =>
        postgres.transaction(database, (tx) =>
          restoreRecord({ withdrawals: postgres.withdrawalStore(tx) }, input, { actor, domain: config.domain }),
        ),
    },
    depositions: {
      ...postgres.depositionQueries(database),
      ...depositionChanges((work) => postgres.transaction(database, (tx) => work(depositionPorts(tx, naming)))),
    },
    files: fileServices(parts),
    import: {
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
    },
  }
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

function fileServices({ config, database, storage }: RecordsParts): FileServices {
  const limits = { maxFileBytes: config.maxFileBytes, quota: config.uploadQuota }
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
    upload: (input, actor) => uploadFile(ports(input), input, limits, actor),
    resumable: {
      begin: (input, actor) => beginUpload(ports(input), input, limits, actor),
      progress: (id, actor) => uploadProgress(ports({}), id, actor),
      continue: (input, actor) => continueUpload(ports({}), input, actor),
      end: (id, actor) => endUpload(ports({}), id, actor),
    },
    queries,
    names: postgres.recordNames(database),
    records: postgres.recordQueries(database),
    blobs: storage.blobs,
  }
}

function asUpload<T>(input: object, actor: string, work: () => Promise<T>): Promise<T> {
  return postgres.withinChange(changeOf('uploadFile', input, actor), work)
}
