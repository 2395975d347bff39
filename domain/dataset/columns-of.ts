import type { FieldType, Schema, SchemaField } from '@strata/domain/convention'
import type { ColumnType } from '@strata/domain/shared'
import type { DataColumn } from './dataset.ts'

/** The columns of a records table: one per field of the schema. */
export function columnsOf(schema: Schema): readonly DataColumn[] {
  return schema.fields.map((field) => ({
    name: field.name,
    type: columnType(field),
    required: field.required,
    ...(field.description === undefined ? {} : { description: field.description }),
    ...(field.unit === undefined ? {} : { unit: field.unit }),
  }))
}

const columnTypes: Record<FieldType, ColumnType> = {
  TEXT: 'TEXT',
  TERM: 'TEXT',
  URL: 'TEXT',
  NUMBER: 'NUMBER',
  INTEGER: 'INTEGER',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'DATETIME',
}

function columnType(field: SchemaField): ColumnType {
  return field.cardinality === 'MANY' ? 'JSON' : columnTypes[field.type]
}
