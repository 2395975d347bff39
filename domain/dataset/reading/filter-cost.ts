import type { Predicate, Test } from './predicate.ts'
import type { ReadableTable } from './readable.ts'

/** The most that one filter may cost, in comparisons of a row. */
export const costliestFilter = 1_000

/**
 * How much work a filter is for each row that is looked at, in comparisons. Words are looked for in every text column of the
 * table, so a search weighs by their number.
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

/** Another table is looked into for every row. */
const relatedCost = 5
/** Both texts are read to their ends and folded. */
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
