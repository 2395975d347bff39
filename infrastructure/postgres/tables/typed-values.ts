import type { SchemaField } from '@strata/domain/convention'
import type { Json, JsonObject } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import { sqlTypeOf } from './metadata-table.ts'
import type { SqlType } from './table-shape.ts'

export type ValueRow = { readonly _record: string } & Readonly<Record<string, unknown>>

/** A column as it is selected: times as text, since the driver would turn them into local time and cut them to milliseconds. */
export function valueExpression(column: string, type: SqlType): RawBuilder<unknown> {
  const name = sql.id(column)
  switch (type) {
    case 'date':
      return sql`to_char(${name}, 'YYYY-MM-DD') as ${name}`
    case 'timestamptz':
      return sql`to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as ${name}`
    default:
      return name
  }
}

/** Every field of the schema, null where the record has no value. */
export function toValues(fields: readonly SchemaField[], row: ValueRow): JsonObject {
  return Object.fromEntries(fields.map((field) => [field.name, toValue(row[field.name], sqlTypeOf(field))]))
}

function toValue(value: unknown, type: SqlType): Json {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'bigint':
      // Checked when it was written: a whole number never exceeds what a JSON number carries.
      return Number(value)
    case 'timestamptz':
      return `${String(value).replace(/\.?0+$/, '')}Z`
    default:
      return value as Json
  }
}
