import type { ColumnType } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import type { OrderTerm } from '../reading/compile-order.ts'

/** Rows to read from beginning to end: their selection, order and columns. */
export interface StreamedTable {
  readonly columns: readonly StreamedColumn[]
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
  /** A total order: no two rows have the same keys. */
  readonly order: readonly OrderTerm[]
}

export interface StreamedColumn {
  readonly name: string
  readonly type: ColumnType
  readonly value: RawBuilder<unknown>
  readonly mayBeMissing: boolean
  /** The element type of a column of lists; the column's own type is then JSON. */
  readonly listOf?: ColumnType
}

/** If the first key can be missing, the table is read in two parts, so that each can use an index. */
export function segmentsOf(table: StreamedTable): readonly StreamedTable[] {
  const [first, ...rest] = table.order
  if (first === undefined || !first.mayBeMissing) return [table]
  return [
    { ...table, where: sql`${table.where} and ${first.expression} is not null`, order: [{ ...first, mayBeMissing: false }, ...rest] },
    { ...table, where: sql`${table.where} and ${first.expression} is null`, order: rest },
  ]
}
