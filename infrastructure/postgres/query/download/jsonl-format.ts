import { sql, type RawBuilder } from 'kysely'
import type { RowFormat } from './chunks.ts'
import type { StreamedColumn } from './streamed-table.ts'
import { isoTime, selectAs } from './text-cells.ts'

/**
 * One JSON object per line. COPY's text format would escape backslashes a second time. CSV with one column writes a text unchanged
 * unless it contains the delimiter, the quote or a line end. These are control characters, which JSON always escapes.
 */
export function jsonlFormat(columns: readonly StreamedColumn[]): RowFormat {
  return {
    selected: selectAs(columns, cell),
    around: (rows) => sql`select row_to_json(line) from (${rows}) line`,
    options: `format csv, delimiter e'\\x02', quote e'\\x01', escape e'\\x01'`,
  }
}

function cell({ type, value }: StreamedColumn): RawBuilder<unknown> {
  switch (type) {
    case 'DATETIME':
      return isoTime(value)
    case 'TEXT':
    case 'NUMBER':
    case 'INTEGER':
    case 'BOOLEAN':
    case 'DATE':
    case 'UUID':
    case 'JSON':
      return value
    default:
      return type satisfies never
  }
}
