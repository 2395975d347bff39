import type { ReadableTable } from '@strata/domain/dataset'
import type { RawBuilder } from 'kysely'

export interface PredicateScope {
  readonly table: ReadableTable
  /** The alias of the table in the query. */
  readonly alias: string
  /** The condition that a row of another table is effective. */
  readonly counts: (table: ReadableTable, alias: string) => RawBuilder<boolean>
}
