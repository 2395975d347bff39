import { sql, type RawBuilder } from 'kysely'

/**
 * What full text over some text columns is indexed by; a search that wants to use the index says the same. A vector holds
 * at most a megabyte, so of longer texts the beginning is searched.
 */
export function searchVector(columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const texts = columns.map((column) => sql`coalesce(${column}, '')`)
  return sql`to_tsvector('simple'::regconfig, left(${sql.join(texts, sql` || ' ' || `)}, 60000))`
}
