import type { ColumnType } from '@strata/domain/shared'
import type { FieldType, SchemaField } from './schema.ts'

/** The type of the column that a field's values stand in. */
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
