import type { JsonObject, Page, PageRequest } from '@strata/domain/shared'
import type { RecordId } from '@strata/domain/record'
import type { Dataset, TableRow } from './dataset.ts'
import type { RecordOutcome } from './record-outcome.ts'
import type { Aggregation } from './reading/parse-aggregate.ts'
import type { Histogram, HistogramRequest } from './reading/parse-histogram.ts'
import type { ReadableDataset } from './reading/readable.ts'
import type { Reading } from './reading/reading.ts'
import type { RowPlace } from './reading/cursor.ts'
import type { RowId } from './row-id.ts'
import type { Staleness } from './staleness.ts'

/** Port: reads datasets. */
export interface DatasetQueries {
  dataset(convention: string): Promise<Dataset | undefined>
  datasets(): Promise<readonly Dataset[]>
  /** The names of the first thousand datasets, for suggestions. */
  names(): Promise<readonly string[]>
  /** What queries about a dataset are parsed against; undefined when it does not exist. */
  readable(convention: string): Promise<ReadableDataset | undefined>
  rowPage(reading: Reading, page: PageRequest<RowPlace>): Promise<Page<PlacedRow>>
  rowCount(reading: Reading): Promise<number>
  /** Any stored row, effective or not. */
  row(id: RowId): Promise<TableRow | undefined>
  aggregate(aggregation: Aggregation): Promise<readonly AggregateRow[]>
  histogram(request: HistogramRequest): Promise<Histogram>
  /** For each record, in order: one outcome per hook of its convention, with one query. */
  outcomesOf(records: readonly RecordId[]): Promise<readonly (readonly RecordOutcome[])[]>
  /** For each pair, in order: whether its result is that of the live release, and if not, why. */
  stalenessOf(pairs: readonly RecordOfHook[]): Promise<readonly Staleness[]>
  /** For each record, in order: at most `limit` effective rows of one hook, now or at `asOf`. */
  featuresOf(question: FeaturesQuestion, records: readonly RecordId[]): Promise<readonly (readonly TableRow[])[]>
}

export interface RecordOfHook {
  readonly record: RecordId
  readonly hook: string
}

export interface FeaturesQuestion {
  readonly hook: string
  readonly asOf: Date | undefined
  readonly limit: number
}

/** A row, and the place after it, where a next page begins. */
export interface PlacedRow {
  readonly row: TableRow
  readonly place: RowPlace
}

export interface AggregateRow {
  readonly keys: JsonObject
  readonly measures: JsonObject
}
