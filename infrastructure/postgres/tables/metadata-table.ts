import { fieldColumnType, majorOf, type SchemaField, type SchemaRef } from '@strata/domain/convention'
import { indexName } from './index-name.ts'
import { sqlTypes, type ShapeIndex, type SqlType, type TableShape } from './table-shape.ts'

/**
 * The typed table of a schema's major: one row a record, one column a field. No field is `not null`: a later version may
 * make it optional, and a record of an earlier one has none of what was added since.
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
    // Pages of one convention in the order of publishing, without a join.
    indexes: [{ name: indexName(name, '_convention'), columns: ['_convention', '_record'] }, ...fieldIndexes(name, schema.fields)],
    references: [{ column: '_record', table: 'record' }],
  }
}

/** Short enough, and another for every schema and major: a schema's id cannot end what `_v<major>` begins. */
export function metadataTableName({ id, version }: SchemaRef): string {
  return `${id}_v${majorOf(version)}`
}

export function sqlTypeOf(field: Pick<SchemaField, 'type' | 'cardinality'>): SqlType {
  return sqlTypes[fieldColumnType(field)]
}

/** Each index costs every write, so the fields that come first have one: the order of fields is the author's to choose. */
const maxIndexedFields = 64

function fieldIndexes(table: string, fields: readonly SchemaField[]): ShapeIndex[] {
  return fields.slice(0, maxIndexedFields).map((field): ShapeIndex => {
    const name = indexName(table, field.name)
    // `@>` finds a value in a list. The record makes a sort by any other column total, and a page's end its key.
    return field.cardinality === 'MANY' ? { name, columns: [field.name], method: 'gin' } : { name, columns: [field.name, '_record'] }
  })
}
