import type { RecordId } from '@strata/domain/record'
import type { ColumnType, JsonObject, Page, PageRequest, Slug } from '@strata/domain/shared'

/** Everything an analyst can read of one convention: its records table and one table per hook. */
export interface Dataset {
  readonly convention: Slug
  readonly tables: readonly DataTable[]
}

export interface DataTable {
  readonly name: string
  readonly columns: readonly DataColumn[]
  readonly rowCount: bigint
}

export interface DataColumn {
  readonly name: string
  readonly type: ColumnType
  readonly required: boolean
  readonly description?: string
  readonly unit?: string
}

export interface TableRow {
  readonly record: RecordId
  readonly values: JsonObject
}

/** Port: what is read of datasets. Rows come in the order of publishing. */
export interface DatasetQueries {
  dataset(convention: string): Promise<Dataset | undefined>
  datasets(): Promise<readonly Dataset[]>
  /** Undefined when the convention has no such table. */
  rowPage(convention: string, table: string, page: PageRequest<RecordId>): Promise<Page<TableRow> | undefined>
  rowCount(convention: string, table: string): Promise<number>
}
