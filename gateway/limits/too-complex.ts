import { QueryTooComplex } from '@strata/domain/shared'

/** Refuses what exceeds its limit, and says by how much and what to do instead. */
export function holdTo(limit: number, actual: number, o: { what: string; instead: string }): void {
  if (actual <= limit) return
  throw new QueryTooComplex(`This operation has ${counted(actual)} ${o.what}, and at most ${counted(limit)} are allowed; ${o.instead}.`)
}

/** Fragments can make a number of them that no document could spell out. */
export function counted(count: number): string {
  return count > 1e9 ? 'more than a billion' : count.toLocaleString('en-US')
}

export const tooManyAliases = { what: 'aliases', instead: 'ask for less at once, or send several requests' }
