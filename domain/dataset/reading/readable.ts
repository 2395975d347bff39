import type { SchemaRef } from '@strata/domain/convention'
import { didYouMean, NotFound, type HookName, type Slug } from '@strata/domain/shared'
import type { DataColumn } from '../dataset.ts'

/** A dataset's tables with what is needed to read them. */
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
  /** The newest version of the hook. */
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

/** Whether a row can lack a value here. A record's row always can: an earlier version of its schema may not have the field. */
export function mayBeMissing(table: ReadableTable, column: DataColumn): boolean {
  return table.kind === 'records' || !column.required
}
