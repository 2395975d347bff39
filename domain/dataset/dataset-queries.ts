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

/** Port: what is read of datasets. */
export interface DatasetQueries {
  dataset(convention: string): Promise<Dataset | undefined>
  datasets(): Promise<readonly Dataset[]>
  /** The names of the first thousand datasets, for suggestions when one is misspelt. */
  names(): Promise<readonly string[]>
  /** What questions about a dataset are parsed against; undefined when there is no such dataset. */
  readable(convention: string): Promise<ReadableDataset | undefined>
  rowPage(reading: Reading, page: PageRequest<RowPlace>): Promise<Page<PlacedRow>>
  rowCount(reading: Reading): Promise<number>
  /** Any row that is kept, whether it counts now or not. */
  row(id: RowId): Promise<TableRow | undefined>
  aggregate(aggregation: Aggregation): Promise<readonly AggregateRow[]>
  histogram(request: HistogramRequest): Promise<Histogram>
  /** For each record, in order: one outcome per hook of its convention. One query for all of them. */
  outcomesOf(records: readonly RecordId[]): Promise<readonly (readonly RecordOutcome[])[]>
  /** For each of these, in order: whether it is what the live release says, and in words why not. */
  stalenessOf(pairs: readonly RecordOfHook[]): Promise<readonly Staleness[]>
  /** For each record, in order: its rows of one hook that count, or counted then, but no more than `limit`. */
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

/** A row, and where the next page begins when this one is the last of its page. */
export interface PlacedRow {
  readonly row: TableRow
  readonly place: RowPlace
}

export interface AggregateRow {
  readonly keys: JsonObject
  readonly measures: JsonObject
}
