import type { SchemaField } from '@strata/domain/convention'
import type { NewRecord } from '@strata/domain/record'
import type { Json } from '@strata/domain/shared'
import { sqlTypeOf } from './metadata-table.ts'
import type { SqlType } from './table-shape.ts'

export interface ColumnOfValues {
  readonly name: string
  readonly type: SqlType
  /** One per record, in PostgreSQL's text format of the type. */
  readonly values: readonly (string | null)[]
}

/** The values of many records, transposed from rows to typed columns. */
export function metadataColumns(fields: readonly SchemaField[], records: readonly { readonly record: NewRecord }[]): ColumnOfValues[] {
  return fields.map((field) => {
    const print = field.cardinality === 'MANY' ? JSON.stringify : String
    return { name: field.name, type: sqlTypeOf(field), values: records.map(({ record }) => printed(record.metadata[field.name], print)) }
  })
}

function printed(value: Json | undefined, print: (value: Json) => string): string | null {
  return value === undefined || value === null ? null : print(value)
}
