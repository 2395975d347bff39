import { sql, type RawBuilder } from 'kysely'
import type { StreamedColumn } from './streamed-table.ts'

/**
 * Times as in pages of rows: UTC, with microseconds, without trailing zeros. JSON output is ISO 8601 regardless of the server's
 * date style, and twice as fast as `to_char`.
 */
export function isoTime(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`btrim(to_json(${value} at time zone 'UTC')::text, '"') || 'Z'`
}

export function isoDate(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`btrim(to_json(${value})::text, '"')`
}

export function selectAs(columns: readonly StreamedColumn[], cell: (column: StreamedColumn) => RawBuilder<unknown>): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql`${cell(column)} as ${sql.id(column.name)}`))
}
