import { BadUserInput, didYouMean, listed } from '@strata/domain/shared'
import type { DataColumn } from '../dataset.ts'
import type { ReadableDataset, ReadableTable } from './readable.ts'

/** The table that is read and its dataset, which column names are resolved against. */
export interface Scope {
  readonly dataset: ReadableDataset
  readonly table: ReadableTable
}

export interface ResolvedColumn {
  readonly table: ReadableTable
  readonly column: DataColumn
  /** Whether it is a column of the table that is read. */
  readonly isOwn: boolean
  /** One spelling per column: bare, or with its table's name before it. */
  readonly name: string
}

/** Resolves a bare name in the table being read, and `records.<field>` or `<hook>.<column>` in the dataset. */
export function resolveColumn({ dataset, table }: Scope, name: string, path: string): ResolvedColumn {
  const own = table.columns.find((column) => column.name === name)
  if (own !== undefined) return { table, column: own, isOwn: true, name }
  const dot = name.indexOf('.')
  if (dot < 0) throw new BadUserInput(unknownColumn(table, name) + elsewhere({ dataset, table }, name), path)

  const [prefix, rest] = [name.slice(0, dot), name.slice(dot + 1)]
  const other = dataset.tables.find((one) => one.name === prefix)
  if (other === undefined) {
    const names = dataset.tables.map((one) => one.name)
    const known = dataset.tables.flatMap((one) => one.columns.map((column) => `${one.name}.${column.name}`))
    const near = didYouMean(name, known) || didYouMean(prefix, names)
    throw new BadUserInput(`"${shown(name)}": this dataset has no table "${shown(prefix)}"; it has ${names.join(', ')}.${near}`, path)
  }
  const column = other.columns.find((one) => one.name === rest)
  if (column === undefined) throw new BadUserInput(unknownColumn(other, rest), path)
  const isOwn = other === table
  return { table: other, column, isOwn, name: isOwn ? rest : name }
}

function unknownColumn(table: ReadableTable, name: string): string {
  const names = table.columns.map((column) => column.name)
  return `The table "${table.name}" has no column "${shown(name)}"; its columns are ${listed(names)}.${didYouMean(name, names)}`
}

/** Suggests tables that have the column. The most frequent mistake is a bare column of the records in a hook's table. */
function elsewhere({ dataset, table }: Scope, name: string): string {
  const others = dataset.tables.filter((one) => one !== table && one.columns.some((column) => column.name === name))
  return others.length === 0 ? '' : ` Other tables have it: use ${others.map((one) => `"${one.name}.${name}"`).join(' or ')}.`
}

function shown(text: string): string {
  return text.slice(0, 80).toWellFormed()
}
