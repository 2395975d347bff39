import type { Reading, ReadableTable } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../setup/connection.ts'
import { isEffective } from '../effective-outcomes.ts'
import { systemColumn } from './table-sql.ts'

export interface CountingRows {
  /** Which rows of a table count, as a condition on its alias. */
  counts(table: ReadableTable, alias: string): RawBuilder<boolean>
  /** Whether another release than the live one made the row. */
  stale(alias: string): RawBuilder<boolean>
}

export async function countingRows(_database: Pick<Database, 'kysely'>, reading: Reading, _others: ReadonlySet<ReadableTable>): Promise<CountingRows> {
  const { convention } = reading.dataset
  return {
    counts(table, alias) {
      if (table.kind === 'records') return sql`${systemColumn(alias, '_convention')} = ${convention}`
      return sql`exists (select from run_outcome outcome join record on record.id = outcome.record and record.convention = ${convention}
        where outcome.run = ${systemColumn(alias, '_run')} and outcome.record = ${systemColumn(alias, '_record')} and ${isEffective('outcome')})`
    },
    stale: () => sql`false`,
  }
}
