import type { DataColumn, ReadableTable, TableRow } from '@strata/domain/dataset'
import type { RecordId, RecordName } from '@strata/domain/record'
import type { Json } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import { columnSql, systemColumn } from './table-sql.ts'

/** Records that have versions other than 1 are looked up for their names. */
export interface Named {
  readonly haveVersions: boolean
}

/** What identifies the row, and its columns; names of people's columns never begin with an underscore. */
export function selection(table: ReadableTable, alias: string, stale: RawBuilder<boolean>, { haveVersions }: Named): RawBuilder<unknown> {
  const system = (['_record', ...(table.kind === 'hook' ? (['_run', '_ordinal', '_version'] as const) : [])] as const).map((name) =>
    systemColumn(alias, name),
  )
  const columns = table.columns.map((column) => sql`${printed(columnSql(alias, column), column)} as ${sql.id(column.name)}`)
  const name = haveVersions
    ? [
        sql`(select jsonb_build_object('identity', identity, 'version', version) from record where id = ${systemColumn(alias, '_record')}) as _name`,
      ]
    : []
  return sql.join([...system, ...name, ...(table.kind === 'hook' ? [sql`${stale} as _stale`] : []), ...columns])
}

/** Times as text: the driver would convert them to local time and truncate them to milliseconds. */
export function printed(expression: RawBuilder<unknown>, { type }: Pick<DataColumn, 'type'>): RawBuilder<unknown> {
  switch (type) {
    case 'DATE':
      return sql`to_char(${expression}, 'YYYY-MM-DD')`
    case 'DATETIME':
      return sql`to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`
    default:
      return expression
  }
}

export function toJson(value: unknown, { type }: Pick<DataColumn, 'type'>): Json {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'INTEGER':
      // A whole number never exceeds the range of a JSON number; this was checked when it was written.
      return Number(value)
    case 'DATETIME':
      return `${String(value).replace(/\.?0+$/, '')}Z`
    default:
      return value as Json
  }
}

export type SelectedRow = { readonly _record: string } & Readonly<Record<string, unknown>>

export function toTableRow(table: ReadableTable, row: SelectedRow): TableRow {
  const values = Object.fromEntries(table.columns.map((column) => [column.name, toJson(row[column.name], column)]))
  const record = row._record as RecordId
  const name = (row['_name'] as RecordName | undefined) ?? { identity: record, version: 1 }
  if (table.kind === 'records') return { record, name, values }
  const { _run, _ordinal, _version, _stale } = row
  return {
    record,
    name,
    values,
    made: { hook: table.name, run: String(_run), version: Number(_version), ordinal: Number(_ordinal), stale: _stale === true },
  }
}
