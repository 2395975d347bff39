import type { RecordId, RecordName } from '@strata/domain/record'
import type { ColumnType, HookName, JsonObject, Slug } from '@strata/domain/shared'
import type { Coverage } from './coverage.ts'

/** All data of one convention: its records table and one table per hook. */
export interface Dataset {
  readonly convention: Slug
  readonly tables: readonly DataTable[]
}

export interface DataTable {
  readonly name: string
  readonly columns: readonly DataColumn[]
  readonly rowCount: bigint
  /** Set for a hook's table. */
  readonly coverage?: Coverage
}

export interface DataColumn {
  readonly name: string
  readonly type: ColumnType
  /** The element type of a field with many values; the column's own type is then JSON. */
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
  /** Set for a row that a hook made. */
  readonly made?: {
    readonly hook: HookName
    readonly run: string
    /** The version of the run's release. */
    readonly version: number
    /** The position among the record's rows. */
    readonly ordinal: number
    /** Whether the row is from a release that is not live. */
    readonly stale: boolean
  }
}
