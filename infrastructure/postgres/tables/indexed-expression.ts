import { sql, type RawBuilder } from 'kysely'
import type { SqlType } from './table-shape.ts'

/**
 * The expression in a column's b-tree index, which filters and sorts must repeat to use the index. For text it is the beginning, because
 * PostgreSQL indexes at most 2.7 kB per row. So `x = …` is written as `left(x, 200) = left(…, 200) and x = …`. The column
 * `_convention` holds slugs, which are short.
 */
export function indexedExpression(column: string, type: SqlType | undefined): RawBuilder<unknown> {
  return type === 'text' && column !== '_convention' ? sql`left(${sql.id(column)}, 200)` : sql.id(column)
}
