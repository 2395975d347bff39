import type { Dataset, DatasetQueries, ReadableDataset } from '@strata/domain/dataset'
import type { Database } from '../setup/connection.ts'
import { snapshot } from '../setup/snapshot.ts'
import { recordOutcomes } from './record-outcomes.ts'
import { aggregateRows } from './reading/aggregate-rows.ts'
import { bucketRows } from './reading/bucket-rows.ts'
import { compileReading } from './reading/compile-reading.ts'
import { countRows } from './reading/count-rows.ts'
import { featuresOfRecords } from './reading/features-of-records.ts'
import { findRow } from './reading/find-row.ts'
import { readPage } from './reading/read-page.ts'
import { readableDatasets } from './reading/readable-dataset.ts'

/** Every answer is of one moment, and none of its queries can write. */
export function datasetQueries(database: Pick<Database, 'kysely' | 'prisma'>): DatasetQueries {
  return {
    async dataset(convention) {
      const [dataset] = await catalog(database, await readableDatasets(database, [convention]))
      return dataset
    },
    datasets: async () => catalog(database, await readableDatasets(database)),
    async readable(convention) {
      const [dataset] = await readableDatasets(database, [convention])
      return dataset
    },
    rowPage: (reading, page) => snapshot(database, async (kysely) => readPage(kysely, await compileReading({ kysely }, reading), page)),
    rowCount: (reading) => snapshot(database, (kysely) => countRows(kysely, reading)),
    row: (id) => findRow(database, id),
    aggregate: (aggregation) => snapshot(database, (kysely) => aggregateRows(kysely, aggregation)),
    outcomesOf: (records) => recordOutcomes(database, records),
    featuresOf: (question, records) => featuresOfRecords(database, question, records),
    histogram: (request) => snapshot(database, (kysely) => bucketRows(kysely, request)),
  }
}

async function catalog(database: Pick<Database, 'kysely'>, datasets: readonly ReadableDataset[]): Promise<Dataset[]> {
  return Promise.all(
    datasets.map(async (dataset) => ({
      convention: dataset.convention,
      tables: await Promise.all(
        dataset.tables.map(async (table) => ({
          name: table.name,
          columns: table.columns,
          rowCount: BigInt(await countRows(database.kysely, { dataset, table, filter: undefined, order: [], asOf: undefined, release: undefined })),
        })),
      ),
    })),
  )
}
