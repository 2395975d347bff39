import { fieldColumnType, type Schema } from '@strata/domain/convention'
import type { DataColumn } from './dataset.ts'

/** The columns of a records table: one per field of the schema. */
export function columnsOf(schema: Schema): readonly DataColumn[] {
  return schema.fields.map((field) => ({
    name: field.name,
    type: fieldColumnType(field),
    ...(field.cardinality === 'MANY' ? { listOf: fieldColumnType({ type: field.type, cardinality: 'ONE' }) } : {}),
    required: field.required,
    ...(field.description === undefined ? {} : { description: field.description }),
    ...(field.unit === undefined ? {} : { unit: field.unit }),
  }))
}
