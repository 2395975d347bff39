import type { Predicate, Test } from './predicate.ts'
import type { ReadableTable } from './readable.ts'

/** The highest cost of one filter, in comparisons per row. */
export const costliestFilter = 1_000

/**
 * Estimates the work of a filter for each row it examines, in comparisons. A search reads every text column of the table, so its cost grows
 * with the number of text columns.
 */
export function filterCost(predicate: Predicate, table: ReadableTable): number {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.reduce((sum, one) => sum + filterCost(one, table), 0)
    case 'not':
      return filterCost(predicate.of, table)
    case 'own':
      return testCost(predicate.test)
    case 'related':
      return relatedCost + predicate.tests.reduce((sum, test) => sum + testCost(test), 0)
    case 'search':
      return searchCost * Math.max(1, table.columns.filter(({ type }) => type === 'TEXT').length)
    default:
      return predicate satisfies never
  }
}

/** Each row needs a look-up in another table. */
const relatedCost = 5
/** The database reads and case-folds both texts completely. */
const textCost = 20
const searchCost = 20

function testCost(test: Test): number {
  switch (test.op) {
    case 'contains':
    case 'startsWith':
      return textCost
    case 'has':
      return 5
    case 'in':
      return 2
    default:
      return 1
  }
}
