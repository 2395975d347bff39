import { QueryTooComplex } from '@strata/domain/shared'

/** Refuses a number above its limit. The message has both numbers and says what to do instead. */
export function requireAtMost(limit: number, actual: number, o: { what: string; instead: string }): void {
  if (actual <= limit) return
  throw new QueryTooComplex(`This operation has ${counted(actual)} ${o.what}, and at most ${counted(limit)} are allowed; ${o.instead}.`)
}

/** Fragments can multiply to numbers beyond any document's size. */
export function counted(count: number): string {
  return count > 1e9 ? 'more than a billion' : count.toLocaleString('en-US')
}

export const tooManyAliases = { what: 'aliases', instead: 'request less at once, or send several requests' }
