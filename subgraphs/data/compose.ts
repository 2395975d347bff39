import { drawGraph } from '@strata/domain/provenance'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import type { FastifyInstance } from 'fastify'
import type { CallerFor } from '../server/mount.ts'
import { composeCitations } from '../services/compose.ts'
import { citeRoute } from './citations/cite-route.ts'
import type { CiteServices } from './citations/services.ts'
import { dataRoutes } from './downloads/data-routes.ts'
import type { DataServices } from './downloads/services.ts'
import { madeDownloads } from './downloads/made-downloads.ts'
import { provenanceRoutes, type ExportServices } from './provenance/export-routes.ts'

interface Parts {
  readonly config: Config
  readonly database: postgres.Database
  readonly reader: postgres.Database
}

/** What of data is served beside GraphQL: downloads, descriptions, citations, exports of provenance. */
export function mountData(app: FastifyInstance, parts: Parts, callerFor: CallerFor): void {
  const callerOf = callerFor('data')
  const services = composeData(parts, callerOf)
  dataRoutes(app, services)
  citeRoute(app, services)
  provenanceRoutes(app, composeExports(parts, callerOf))
}

function composeData({ config, database, reader }: Parts, callerOf: DataServices['callerOf']): CiteServices {
  const { domain, publicUrl } = config
  return {
    callerOf,
    datasets: postgres.datasetQueries(reader),
    downloads: postgres.downloadQueries(reader, { domain }),
    conventions: postgres.conventionQueries(reader),
    made: madeDownloads(),
    citations: composeCitations({ database, reader }, domain),
    domain,
    publicUrl,
  }
}

function composeExports({ config, reader }: Parts, admit: ExportServices['admit']): ExportServices {
  const { domain, publicUrl } = config
  const archive = postgres.lineageArchive(reader, domain)
  return { admit, draw: (question) => drawGraph(archive, question, { domain, now: new Date(), closed: true }), domain, publicUrl }
}
