import type { DataColumn } from '../dataset.ts'
import type { ReadableTable } from '../reading/readable.ts'

/** What every row of a download begins with: whose it is, and for a hook's row what made it. */
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
  description: 'The name (SRN) of the record that the row is of.',
}

const madeColumns: readonly DataColumn[] = [
  { name: '_run', type: 'UUID', required: true, description: 'The run that made the row.' },
  { name: '_release', type: 'INTEGER', required: true, description: 'The version of the hook whose run made the row.' },
  { name: '_ordinal', type: 'INTEGER', required: true, description: 'Which of the rows of its record and run it is, from 0.' },
  { name: '_stale', type: 'BOOLEAN', required: true, description: 'Whether another release than the live one made the row.' },
]
