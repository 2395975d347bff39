import type { Json } from '@strata/domain/shared'
import type { DataColumn } from '../dataset.ts'
import type { ReadableTable } from './readable.ts'

/**
 * A condition on rows. Two-valued: a test of a missing value is false, and `not` makes it true. Every column is resolved,
 * and every value has the type of its column.
 */
export type Predicate =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  /** On the row itself. */
  | { readonly kind: 'own'; readonly test: Test }
  /** The row's record has a row in another table that passes all tests. */
  | { readonly kind: 'related'; readonly table: ReadableTable; readonly tests: readonly Test[] }
  /** Words in any text of the row. */
  | { readonly kind: 'search'; readonly text: string }

export type Test =
  | { readonly op: Comparator; readonly column: DataColumn; readonly value: Json }
  | { readonly op: 'in'; readonly column: DataColumn; readonly values: readonly Json[] }
  /** For a text, ignoring case. */
  | { readonly op: 'contains' | 'startsWith'; readonly column: DataColumn; readonly text: string }
  /** A list contains the value. */
  | { readonly op: 'has'; readonly column: DataColumn; readonly value: Json }
  | { readonly op: 'isNull'; readonly column: DataColumn }

export type Comparator = 'eq' | 'neq' | 'lt' | 'lte' | 'gt' | 'gte'

/** All other tables in the predicate, without duplicates. */
export function tablesAsked(predicate: Predicate | undefined): ReadonlySet<ReadableTable> {
  const tables = new Set<ReadableTable>()
  collect(predicate)
  return tables

  function collect(one: Predicate | undefined): void {
    if (one?.kind === 'related') tables.add(one.table)
    if (one?.kind === 'not') collect(one.of)
    if (one?.kind === 'all' || one?.kind === 'any') one.of.forEach(collect)
  }
}
