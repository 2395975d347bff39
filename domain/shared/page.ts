import { BadUserInput } from './refusal.ts'

/** The request for one page of a keyset-paginated list. */
export interface PageRequest<Key> {
  readonly first: number
  /** The key of the last item already seen; the page starts right after it. */
  readonly after?: Key
}

/** A page of a list that belongs to a parent, such as the releases of a hook. Lists of one kind are read in one statement. */
export interface Listing<Of, Key> {
  readonly of: Of
  readonly page: PageRequest<Key>
}

/** `hasNextPage` is exact, because the query reads one more row than requested. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export const maxPageSize = 1000

export function parsePageSize(first: number | null | undefined, field = 'first'): number {
  const size = first ?? 50
  if (Number.isInteger(size) && size >= 0 && size <= maxPageSize) return size
  throw new BadUserInput(`"${field}" must be between 0 and ${maxPageSize}; ask for the next page with "after".`, field)
}

/** Removes the extra row of a query for `first + 1` rows. */
export function pageOf<Item, Key>(rows: readonly Item[], request: PageRequest<Key>): Page<Item> {
  return {
    items: rows.slice(0, request.first),
    hasNextPage: rows.length > request.first,
    hasPreviousPage: request.after !== undefined,
  }
}
