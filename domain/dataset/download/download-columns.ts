import type { DataColumn } from '../dataset.ts'
import type { ReadableTable } from '../reading/readable.ts'

/** The first columns of every download: the record and, for a hook's row, what made it. */
export function systemColumns(table: Pick<ReadableTable, 'kind'>): readonly DataColumn[] {
  return table.kind === 'records' ? [recordColumn] : [recordColumn, ...madeColumns]
}

export function downloadColumns(table: ReadableTable, chosen: readonly DataColumn[] = table.columns): readonly DataColumn[] {
  return [...systemColumns(table), ...chosen]
}

const recordColumn: DataColumn = {
  name: '_record',
  type: 'TEXT',
  required: true,
  description: 'The SRN of the record that the row belongs to.',
}

const madeColumns: readonly DataColumn[] = [
  { name: '_run', type: 'UUID', required: true, description: 'The run that made the row.' },
  { name: '_release', type: 'INTEGER', required: true, description: 'The version of the hook whose run made the row.' },
  { name: '_ordinal', type: 'INTEGER', required: true, description: 'The position among the rows of its record and run, from 0.' },
  { name: '_stale', type: 'BOOLEAN', required: true, description: 'Whether the row is from a release that is not live.' },
]
