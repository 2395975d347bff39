import { sql, type RawBuilder } from 'kysely'
import type { RowFormat } from './chunks.ts'
import type { StreamedColumn } from './streamed-table.ts'
import { isoTime, selectAs } from './text-cells.ts'

/**
 * One JSON object a line. COPY's own escapes would break JSON's; as CSV of one column it writes a text as it is, unless
 * the delimiter, the quote or a line end is in it. JSON escapes control characters, so these are never.
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
