import { diffReleases, drawGraph, explainRow, findTouched } from '@strata/domain/provenance'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import type { ComposedSubgraph } from '../server/composed-subgraph.ts'
import { citationServices } from './citations/citation-services.ts'
import { citeRoute } from './citations/cite-route.ts'
import { citationResolvers } from './citations/resolvers/index.ts'
import type { CitationServices } from './citations/services.ts'
import { createLoaders, type DataServices } from './context.ts'
import { datasetResolvers } from './datasets/resolvers/index.ts'
import { dataRoutes } from './downloads/data-routes.ts'
import { madeDownloads } from './downloads/made-downloads.ts'
import { downloadResolvers } from './downloads/resolvers.ts'
import { outcomeResolvers } from './outcomes/resolvers/index.ts'
import { provenanceRoutes } from './provenance/export-routes.ts'
import { provenanceResolvers } from './provenance/resolvers.ts'
import type { ProvenanceServices } from './provenance/services.ts'
import { questionResolvers } from './questions/resolvers/index.ts'
import type { QuestionServices } from './questions/services.ts'

export interface DataParts {
  readonly config: Config
  /** Keeps citations. Everything else that this subgraph does is reading. */
  readonly database: postgres.Database
  /** The same database for the role that can only read. */
  readonly reader: postgres.Database
}

export function composeData(parts: DataParts): ComposedSubgraph<DataServices> {
  const { config, database, reader } = parts
  const { domain, publicUrl } = config
  const services = composeServices(parts)
  return {
    name: 'data',
    resolvers: [datasetResolvers, outcomeResolvers, downloadResolvers, citationResolvers, questionResolvers, provenanceResolvers],
    services,
    loadersFor: () => createLoaders(services),
    parts: [postgres.databasePart('database', database), postgres.databasePart('database for reading', reader)],
    mount(app, callerFor) {
      const route = { callerOf: callerFor('data'), domain, publicUrl }
      dataRoutes(app, { ...services.downloads, ...route })
      citeRoute(app, { ...services.downloads, ...route, citations: services.citations })
      provenanceRoutes(app, { ...services.provenance, ...route })
    },
  }
}

function composeServices({ config, database, reader }: DataParts): DataServices {
  const { domain } = config
  const datasets = postgres.datasetQueries(reader)
  const conventions = postgres.conventionQueries(reader)
  return {
    datasets: { ...datasets, conventions: (slugs) => conventions.conventions(slugs) },
    outcomes: datasets,
    downloads: {
      datasets,
      downloads: postgres.downloadQueries(reader, { domain }),
      conventions,
      changes: postgres.citationChanges(reader),
      made: madeDownloads(),
    },
    citations: citations({ database, reader, domain }),
    questions: questions(reader, domain),
    provenance: provenance(reader, domain),
    recordNames: postgres.recordNames(reader),
  }
}

function citations({ database, reader, domain }: Pick<DataParts, 'database' | 'reader'> & { readonly domain: string }): CitationServices {
  return citationServices({
    domain,
    things: postgres.citedThings(reader),
    datasets: postgres.datasetQueries(reader),
    downloads: postgres.downloadQueries(reader, { domain }),
    conventions: postgres.conventionQueries(reader),
    records: postgres.recordQueries(reader),
    registry: postgres.registryQueries(reader),
    changes: postgres.citationChanges(reader),
    momentsOf: (conventions) => postgres.momentsOf(reader, conventions),
    releasesOfDatasets: (datasets) => postgres.releasesOfDatasets(reader, datasets),
    releasesOfRecords: (records) => postgres.releasesOfRecords(reader, records),
    keep: (citation) => postgres.transaction(database, (tx) => postgres.citationStore(tx).keep(citation)),
  })
}

function questions(reader: postgres.Database, domain: string): QuestionServices {
  const histories = postgres.rowHistories(reader)
  const blastRadii = postgres.blastRadii(reader)
  return {
    explainRow: (input) => explainRow(histories, input, domain),
    supersededRows: (id, by, limit) =>
      histories.rowsOf(
        id,
        by.map(({ result }) => result.run),
        limit,
      ),
    findTouched: (of) => findTouched(blastRadii, of),
    blastRadii,
    diffReleases: (input) => diffReleases(postgres.releaseDiffs(reader), input),
  }
}

function provenance(reader: postgres.Database, domain: string): ProvenanceServices {
  const archive = postgres.lineageArchive(reader, domain)
  return {
    draw: (question) => drawGraph(archive, question, { domain, now: new Date() }),
    drawClosed: (question) => drawGraph(archive, question, { domain, now: new Date(), closed: true }),
  }
}
