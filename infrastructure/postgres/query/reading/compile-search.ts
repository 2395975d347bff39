import { sql, type RawBuilder } from 'kysely'
import { searchVector } from '../../tables/search-vector.ts'
import type { PredicateScope } from './predicate-scope.ts'
import { columnSql, systemColumn } from './table-sql.ts'

/** Words as a search box takes them ("exact phrase", or, -not), in all the texts of a row at once. */
export function compileSearch(text: string, { table, alias }: Pick<PredicateScope, 'table' | 'alias'>): RawBuilder<boolean> {
  const wanted = sql`websearch_to_tsquery('simple', ${text}::text)`
  if (table.kind === 'records') {
    // All texts of the metadata have one index, whatever the schema.
    return sql`${systemColumn(alias, '_record')} in (select searched.id from record as searched where record_search_vector(searched.metadata) @@ ${wanted})`
  }
  const texts = table.columns.filter((column) => column.type === 'TEXT').map((column) => columnSql(alias, column))
  return texts.length === 0 ? sql`false` : sql`${searchVector(texts)} @@ ${wanted}`
}
