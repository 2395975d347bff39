import type { Predicate, ReadableTable, Test } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import { compileTest } from './compile-test.ts'
import { compileSearch } from './compile-search.ts'
import { systemColumn, tableSql } from './table-sql.ts'
import type { PredicateScope } from './predicate-scope.ts'

/** The condition that a row matches a predicate. Null counts as false; only `not` must distinguish them. */
export function compilePredicate(predicate: Predicate, scope: PredicateScope): RawBuilder<boolean> {
  switch (predicate.kind) {
    case 'all':
      return joined(
        predicate.of.map((one) => compilePredicate(one, scope)),
        sql` and `,
        sql`true`,
      )
    case 'any':
      return joined(
        predicate.of.map((one) => compilePredicate(one, scope)),
        sql` or `,
        sql`false`,
      )
    case 'not':
      return sql`(${compilePredicate(predicate.of, scope)}) is not true`
    case 'own':
      return compileTest(predicate.test, scope.alias)
    case 'related':
      return compileRelated(predicate.table, predicate.tests, scope)
    case 'search':
      return compileSearch(predicate.text, scope)
  }
}

/** A semi-join: the row's record has a row there that passes all tests. */
function compileRelated(table: ReadableTable, tests: readonly Test[], { alias, counts }: PredicateScope): RawBuilder<boolean> {
  const other = 'other'
  const conditions = [
    sql<boolean>`${systemColumn(other, '_record')} = ${systemColumn(alias, '_record')}`,
    ...tests.map((test) => compileTest(test, other)),
    counts(table, other),
  ]
  return sql`exists (select from ${tableSql(table)} as ${sql.id(other)} where ${sql.join(conditions, sql` and `)})`
}

function joined(parts: readonly RawBuilder<boolean>[], by: RawBuilder<unknown>, none: RawBuilder<boolean>): RawBuilder<boolean> {
  if (parts.length === 0) return none
  return parts.length === 1 ? (parts[0] ?? none) : sql`(${sql.join(parts, by)})`
}
