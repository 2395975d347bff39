import type { Predicate } from './predicate.ts'

/** Whether a predicate depends on the row itself. Otherwise it depends only on its record and is the same for all of the record's rows. */
export function dependsOnRow(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'own':
    case 'search':
      return true
    case 'related':
      return false
    case 'not':
      return dependsOnRow(predicate.of)
    case 'all':
    case 'any':
      return predicate.of.some(dependsOnRow)
  }
}
