import { sql, type RawBuilder } from 'kysely'

/**
 * The expression in a full-text index over text columns, which searches must repeat to use the index. A vector has at most a megabyte,
 * so only the beginning of longer texts is searched.
 */
export function searchVector(columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const texts = columns.map((column) => sql`coalesce(${column}, '')`)
  return sql`to_tsvector('simple'::regconfig, left(${sql.join(texts, sql` || ' ' || `)}, 60000))`
}
