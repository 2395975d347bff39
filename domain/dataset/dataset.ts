import type { RecordId, RecordName } from '@strata/domain/record'
import type { ColumnType, HookName, JsonObject, Slug } from '@strata/domain/shared'
import type { Coverage } from './coverage.ts'

/** Everything an analyst can read of one convention: its records table and one table per hook. */
export interface Dataset {
  readonly convention: Slug
  readonly tables: readonly DataTable[]
}

export interface DataTable {
  readonly name: string
  readonly columns: readonly DataColumn[]
  readonly rowCount: bigint
  /** Of a hook's table. */
  readonly coverage?: Coverage
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
  /** The version of the record that the row is about, and what people call it. */
  readonly record: RecordId
  readonly name: RecordName
  readonly values: JsonObject
  /** Of a row that a hook made. */
  readonly made?: {
    readonly hook: HookName
    readonly run: string
    /** Of the release that the run was of. */
    readonly version: number
    /** Which of the record's rows it is. */
    readonly ordinal: number
    /** Another release than the live one made it. */
    readonly stale: boolean
  }
}
