import { sql, type RawBuilder } from 'kysely'
import type { SqlType } from './table-shape.ts'

/**
 * What the b-tree of a column is over; a filter or a sort that wants to use it says the same. Of a text it is the
 * beginning: PostgreSQL indexes at most 2.7 kB of a row. So `x = …` is written `left(x, 200) = left(…, 200) and x = …`.
 * The column `_convention` holds slugs, which are short.
 */
export function indexedExpression(column: string, type: SqlType | undefined): RawBuilder<unknown> {
  return type === 'text' && column !== '_convention' ? sql`left(${sql.id(column)}, 200)` : sql.id(column)
}
