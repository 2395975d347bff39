import type { ColumnType } from '@strata/domain/shared'
import type { RawBuilder } from 'kysely'

/** Rows to be read from beginning to end: which ones, in which order, and what is shown of each. */
export interface StreamedTable {
  readonly columns: readonly StreamedColumn[]
  /** What stands behind FROM. */
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
  /** Total: no two rows have the same keys. */
  readonly order: readonly OrderKey[]
}

export interface StreamedColumn {
  readonly name: string
  readonly type: ColumnType
  readonly value: RawBuilder<unknown>
  readonly required: boolean
}

export interface OrderKey {
  readonly value: RawBuilder<unknown>
  /** What a value of it is read back from text as. */
  readonly type: string
  readonly descending: boolean
  /** Rows without a value come last, whatever the direction. */
  readonly mayBeMissing: boolean
}
