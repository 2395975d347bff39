import type { DatasetQueries } from '@strata/domain/dataset'
import type { Database } from '../session/connection.ts'
import { snapshot } from '../session/snapshot.ts'
import { recordOutcomes } from './record-outcomes.ts'
import { aggregateRows } from './reading/aggregate-rows.ts'
import { bucketRows } from './reading/bucket-rows.ts'
import { catalog } from './reading/catalog.ts'
import { compileReading } from './reading/compile-reading.ts'
import { countRows } from './reading/count-rows.ts'
import { featuresOfRecords } from './reading/features-of-records.ts'
import { findRow } from './reading/find-row.ts'
import { readPage } from './reading/read-page.ts'
import { readableDatasets } from './reading/readable-dataset.ts'
import { readStaleness } from './reading/staleness.ts'

/** Each answer is read in one snapshot, and none of its queries can write. */
export function datasetQueries(database: Pick<Database, 'kysely' | 'prisma' | 'statementTimeouts'>): DatasetQueries {
  return {
    async dataset(convention) {
      const found = await readableDatasets(database, [convention])
      const [dataset] = await snapshot(database, (kysely) => catalog({ kysely }, found))
      return dataset
    },
    async datasets() {
      const found = await readableDatasets(database)
      return snapshot(database, (kysely) => catalog({ kysely }, found))
    },
    async names() {
      const rows = await database.prisma.convention.findMany({ select: { slug: true }, orderBy: { slug: 'asc' }, take: 1_000 })
      return rows.map(({ slug }) => slug)
    },
    async readable(convention) {
      const [dataset] = await readableDatasets(database, [convention])
      return dataset
    },
    rowPage: (reading, page) =>
      snapshot(database, async (kysely) => readPage(kysely, await compileReading({ kysely }, reading, { lookup: 'row by row' }), page)),
    rowCount: (reading) => snapshot(database, (kysely) => countRows(kysely, reading, database.statementTimeouts.count)),
    row: (id) => findRow(database, id),
    aggregate: (aggregation) => snapshot(database, (kysely) => aggregateRows(kysely, aggregation)),
    outcomesOf: (records) => recordOutcomes(database, records),
    stalenessOf: (pairs) => readStaleness(database, pairs),
    featuresOf: (question, records) => featuresOfRecords(database, question, records),
    histogram: (request) => snapshot(database, (kysely) => bucketRows(kysely, request)),
  }
}
