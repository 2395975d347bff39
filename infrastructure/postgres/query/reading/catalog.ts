import { coverageOf, type Dataset, type DataTable, type ReadableDataset, type ReadableTable } from '@strata/domain/dataset'
import type { Database } from '../../session/connection.ts'
import { metadataTableName } from '../../tables/metadata-table.ts'
import { keptCoverage, recordCounts } from './kept-counts.ts'

/** The tables of datasets with their counts, from stored counts alone. */
export async function catalog(database: Pick<Database, 'kysely'>, datasets: readonly ReadableDataset[]): Promise<Dataset[]> {
  const conventions = datasets.map(({ convention }) => convention)
  const records = await recordCounts(database, conventions)
  const hooks = await keptCoverage(database, conventions)
  return datasets.map(({ convention, tables }) => ({ convention, tables: tables.map((table) => described(convention, table)) }))

  function described(convention: string, table: ReadableTable): DataTable {
    const { name, columns } = table
    if (table.kind === 'records') return { name, columns, rowCount: records.get(`${convention}/${metadataTableName(table.schema)}`) ?? 0n }
    const { coverage, rows } = hooks.get(`${convention}/${name}`) ?? coverageOf(totalOf(convention), [], [])
    return { name, columns, rowCount: rows, coverage }
  }

  function totalOf(convention: string): bigint {
    return [...records].reduce((sum, [table, count]) => (table.startsWith(`${convention}/`) ? sum + count : sum), 0n)
  }
}
