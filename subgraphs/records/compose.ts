import { changeOf } from '@strata/domain/identity'
import { beginUpload, continueUpload, endUpload, uploadFile, uploadProgress, type ResumePorts } from '@strata/domain/record'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { openStorage } from '@strata/infrastructure/storage'
import type { Logger } from '@strata/infrastructure/telemetry'
import type { FastifyInstance } from 'fastify'
import type { CallerFor } from '../server/mount.ts'
import type { Services } from '../server/services.ts'
import { fileRoutes } from './files/file-routes.ts'
import type { FileServices } from './files/services.ts'
import { importRoute } from './import/import-route.ts'

interface Parts {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
}

/** What of records is served beside GraphQL: files, and imports. */
export function mountRecords(app: FastifyInstance, parts: Parts, services: Services, callerFor: CallerFor): void {
  fileRoutes(app, composeFiles(parts, callerFor('files')))
  importRoute(app, {
    callerOf: callerFor('import'),
    services,
    domain: parts.config.domain,
    unavailableFault: postgres.unavailableFault,
    reportBug: (err) => parts.log.error({ err }, 'an import failed'),
  })
}

function composeFiles({ config, database }: Parts, callerOf: FileServices['callerOf']): FileServices {
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

function asUpload<T>(input: object, actor: string, work: () => Promise<T>): Promise<T> {
  return postgres.withinChange(changeOf('uploadFile', input, actor), work)
}
