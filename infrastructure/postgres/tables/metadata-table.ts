import { fieldColumnType, majorOf, type SchemaField, type SchemaRef } from '@strata/domain/convention'
import { indexName } from './index-name.ts'
import { sqlTypes, type ShapeIndex, type SqlType, type TableShape } from './table-shape.ts'

/**
 * The typed table of a schema's major: one row per record, one column per field. No field is `not null`: a later version may make it
 * optional, and records of earlier versions lack later fields.
 */
export function metadataTable(schema: SchemaRef & { readonly fields: readonly SchemaField[] }): TableShape {
  const name = metadataTableName(schema)
  return {
    schema: 'metadata',
    name,
    columns: [
      { name: '_record', type: 'uuid', required: true },
      { name: '_convention', type: 'text', required: true },
      ...schema.fields.map((field) => ({ name: field.name, type: sqlTypeOf(field), required: false })),
    ],
    primaryKey: ['_record'],
    // For pages of one convention in publish order, without a join.
    indexes: [{ name: indexName(name, '_convention'), columns: ['_convention', '_record'] }, ...fieldIndexes(name, schema.fields)],
    references: [{ column: '_record', table: 'record' }],
  }
}

/** Short enough, and unique for every schema and major: a schema's id cannot end like `_v<major>`. */
export function metadataTableName({ id, version }: SchemaRef): string {
  return `${id}_v${majorOf(version)}`
}

export function sqlTypeOf(field: Pick<SchemaField, 'type' | 'cardinality'>): SqlType {
  return sqlTypes[fieldColumnType(field)]
}

/** Every index slows down writes, so only the first fields have one. The author chooses their order. */
const maxIndexedFields = 64

function fieldIndexes(table: string, fields: readonly SchemaField[]): ShapeIndex[] {
  return fields.slice(0, maxIndexedFields).map((field): ShapeIndex => {
    const name = indexName(table, field.name)
    // `@>` finds a value in a list. For other columns, the record makes the sort total and is the key of a page's end.
    return field.cardinality === 'MANY' ? { name, columns: [field.name], method: 'gin' } : { name, columns: [field.name, '_record'] }
  })
}
