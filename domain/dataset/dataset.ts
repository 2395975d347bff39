import type { RecordId } from '@strata/domain/record'
import type { ColumnType, HookName, JsonObject, Page, PageRequest, Slug } from '@strata/domain/shared'

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
  /** What is in the lists of a field that has many values; its type is JSON then. */
  readonly listOf?: ColumnType
  readonly required: boolean
  readonly description?: string
  readonly unit?: string
}

export interface TableRow {
  readonly record: RecordId
  readonly values: JsonObject
  /** Of a row that a hook made. */
  readonly made?: {
    readonly hook: HookName
    readonly run: string
    /** Which of the record's rows it is. */
    readonly ordinal: number
    /** Another release than the live one made it. */
    readonly stale: boolean
  }
}

/** A row's place in its table: the record, and for a hook's row its ordinal after a point. Keys sort as rows do. */
export type RowKey = string & { readonly [rowKey]: true }
declare const rowKey: unique symbol

export function isRowKey(text: string): text is RowKey {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[0-9]{1,9})?$/.test(text)
}

export function rowKeyOf({ record, made }: TableRow): RowKey {
  return (made === undefined ? record : `${record}.${made.ordinal}`) as RowKey
}

/** Port: what is read of datasets. Rows come in the order of publishing. */
export interface DatasetQueries {
  dataset(convention: string): Promise<Dataset | undefined>
  datasets(): Promise<readonly Dataset[]>
  /** Undefined when the convention has no such table. */
  rowPage(convention: string, table: string, page: PageRequest<RowKey>): Promise<Page<TableRow> | undefined>
  rowCount(convention: string, table: string): Promise<number>
}
