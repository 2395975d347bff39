import type { ColumnType } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import type { OrderTerm } from '../reading/compile-order.ts'

/** Rows to be read from beginning to end: which ones, in which order, and what is shown of each. */
export interface StreamedTable {
  readonly columns: readonly StreamedColumn[]
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
  /** Total: no two rows have the same keys. */
  readonly order: readonly OrderTerm[]
}

export interface StreamedColumn {
  readonly name: string
  readonly type: ColumnType
  readonly value: RawBuilder<unknown>
  readonly mayBeMissing: boolean
  /** What is in the lists of a column of lists; its type is JSON then. */
  readonly listOf?: ColumnType
}

/** A first key that may be missing is read in two parts, each of which an index answers. */
export function segmentsOf(table: StreamedTable): readonly StreamedTable[] {
  const [first, ...rest] = table.order
  if (first === undefined || !first.mayBeMissing) return [table]
  return [
    { ...table, where: sql`${table.where} and ${first.expression} is not null`, order: [{ ...first, mayBeMissing: false }, ...rest] },
    { ...table, where: sql`${table.where} and ${first.expression} is null`, order: rest },
  ]
}
