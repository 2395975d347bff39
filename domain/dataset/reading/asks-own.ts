import type { Predicate } from './predicate.ts'

/** Whether a predicate asks of the row itself; else it asks of its record alone, and is the same for all of that record's rows. */
export function asksOwn(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'own':
    case 'search':
      return true
    case 'related':
      return false
    case 'not':
      return asksOwn(predicate.of)
    case 'all':
    case 'any':
      return predicate.of.some(asksOwn)
  }
}
