import type { SchemaRef } from '@strata/domain/convention'
import { didYouMean, NotFound, type HookName, type Slug } from '@strata/domain/shared'
import type { DataColumn } from '../dataset.ts'

/** A dataset's tables with what it takes to read them. */
export interface ReadableDataset {
  readonly convention: Slug
  readonly tables: readonly ReadableTable[]
}

export type ReadableTable = RecordsTableToRead | HookTableToRead

interface RecordsTableToRead {
  readonly kind: 'records'
  readonly name: string
  readonly schema: SchemaRef
  readonly columns: readonly DataColumn[]
}

export interface HookTableToRead {
  readonly kind: 'hook'
  readonly name: HookName
  /** The newest version that the hook has; it has all before it, too. */
  readonly newest: number
  readonly columns: readonly DataColumn[]
}

export function tableNamed(dataset: ReadableDataset, name: string, path = 'table'): ReadableTable {
  const table = dataset.tables.find((one) => one.name === name)
  if (table !== undefined) return table
  const names = dataset.tables.map((one) => one.name)
  throw new NotFound(
    `The dataset "${dataset.convention}" has no table "${name.slice(0, 80)}"; it has ${names.join(', ')}.${didYouMean(name, names)}`,
    path,
  )
}

/** Whether a row can be without a value there: a record's always, since an earlier version of its schema may not have had the field. */
export function mayBeMissing(table: ReadableTable, column: DataColumn): boolean {
  return table.kind === 'records' || !column.required
}
