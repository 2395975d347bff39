import type { ColumnType } from '@strata/domain/shared'
import type { FieldType, SchemaField } from './schema.ts'

/** The column type for a field's values. */
export function fieldColumnType({ type, cardinality }: Pick<SchemaField, 'type' | 'cardinality'>): ColumnType {
  return cardinality === 'MANY' ? 'JSON' : columnTypes[type]
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
