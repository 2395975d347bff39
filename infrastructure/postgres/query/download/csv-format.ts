import { sql, type RawBuilder } from 'kysely'
import type { RowFormat } from './chunks.ts'
import type { StreamedColumn } from './streamed-table.ts'
import { isoDate, isoTime, selectAs } from './text-cells.ts'

/** RFC 4180 with line feeds. An empty unquoted cell is a missing value; an empty quoted one is an empty text. */
export function csvFormat(columns: readonly StreamedColumn[], o: { readonly escapesFormulas: boolean }): RowFormat {
  return { selected: selectAs(columns, (column) => cell(column, o.escapesFormulas)), options: 'format csv' }
}

/** Column names need no quotes. */
export function csvHeader(columns: readonly StreamedColumn[]): Buffer {
  return Buffer.from(`${columns.map(({ name }) => name).join(',')}\n`)
}

function cell({ type, value }: StreamedColumn, escapesFormulas: boolean): RawBuilder<unknown> {
  switch (type) {
    case 'TEXT':
      return escapesFormulas ? withoutFormula(value) : value
    case 'BOOLEAN':
    case 'JSON':
      return sql`${value}::text`
    case 'DATE':
      return isoDate(value)
    case 'DATETIME':
      return isoTime(value)
    case 'NUMBER':
    case 'INTEGER':
    case 'UUID':
      return value
    default:
      return type satisfies never
  }
}

/** Puts an apostrophe before text that a spreadsheet would run as a formula. */
function withoutFormula(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when left(${value}, 1) in ('=', '+', '-', '@', e'\\t', e'\\r') then '''' || ${value} else ${value} end`
}
