import type { ReadableTable } from '@strata/domain/dataset'
import type { RawBuilder } from 'kysely'

export interface PredicateScope {
  readonly table: ReadableTable
  /** What the rows of the table are called in the query. */
  readonly alias: string
  /** Which rows of another table count. */
  readonly counts: (table: ReadableTable, alias: string) => RawBuilder<boolean>
}
