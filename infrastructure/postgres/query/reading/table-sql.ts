import type { DataColumn, ReadableTable } from '@strata/domain/dataset'
import type { Json } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import { metadataTableName } from '../../tables/metadata-table.ts'
import { sqlTypes } from '../../tables/table-shape.ts'

/** The only code that turns names into SQL: takes resolved tables and columns, and returns quoted identifiers. */
export function tableSql(table: ReadableTable): RawBuilder<unknown> {
  return table.kind === 'records' ? sql.id('metadata', metadataTableName(table.schema)) : sql.id('features', table.name)
}

export function columnSql(alias: string, { name }: Pick<DataColumn, 'name'>): RawBuilder<unknown> {
  return sql.id(alias, name)
}

export function systemColumn(alias: string, name: '_record' | '_run' | '_ordinal' | '_version' | '_convention'): RawBuilder<unknown> {
  return sql.id(alias, name)
}

/** PostgreSQL indexes at most 2.7 kB per row, so indexes of texts contain only their beginning, and texts are sorted by it. */
export const indexedCharacters = 200

/** The sort expression of a column, the same as in its index. */
export function sortable(alias: string, column: DataColumn): RawBuilder<unknown> {
  const name = columnSql(alias, column)
  return column.type === 'TEXT' ? sql`left(${name}, ${sql.lit(indexedCharacters)})` : name
}

export function value(column: Pick<DataColumn, 'type'>, one: Json): RawBuilder<unknown> {
  const type = sql.raw(sqlTypes[column.type])
  return sql`${column.type === 'JSON' ? JSON.stringify(one) : one}::${type}`
}

export function values(column: Pick<DataColumn, 'type'>, many: readonly Json[]): RawBuilder<unknown> {
  const type = sql.raw(sqlTypes[column.type])
  return sql`${column.type === 'JSON' ? many.map((one) => JSON.stringify(one)) : many}::${type}[]`
}
