import { sql, type RawBuilder } from 'kysely'
import { searchVector } from '../../tables/search-vector.ts'
import type { PredicateScope } from './predicate-scope.ts'
import { columnSql, systemColumn } from './table-sql.ts'

/** Search-box syntax ("exact phrase", or, -not) over all texts of a row. */
export function compileSearch(text: string, { table, alias }: Pick<PredicateScope, 'table' | 'alias'>): RawBuilder<boolean> {
  const wanted = sql`websearch_to_tsquery('simple', ${text}::text)`
  if (table.kind === 'records') {
    // One index covers all texts of the metadata, for every schema.
    return sql`${systemColumn(alias, '_record')} in (select searched.id from record as searched where record_search_vector(searched.metadata) @@ ${wanted})`
  }
  const texts = table.columns.filter((column) => column.type === 'TEXT').map((column) => columnSql(alias, column))
  return texts.length === 0 ? sql`false` : sql`${searchVector(texts)} @@ ${wanted}`
}
