import { BadUserInput } from './refusal.ts'

/** One page of a keyset-paginated list, as it was asked for. */
export interface PageRequest<Key> {
  readonly first: number
  /** The key of the last item already seen; the page starts right after it. */
  readonly after?: Key
}

/** A page of the list that belongs to something, such as the releases of a hook. Lists of one kind are read together, in one statement. */
export interface Listing<Of, Key> {
  readonly of: Of
  readonly page: PageRequest<Key>
}

/** `hasNextPage` is known exactly: one more row than asked for was looked at. */
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

/** Cuts the extra row that a query of `first + 1` rows read. */
export function pageOf<Item, Key>(rows: readonly Item[], request: PageRequest<Key>): Page<Item> {
  return {
    items: rows.slice(0, request.first),
    hasNextPage: rows.length > request.first,
    hasPreviousPage: request.after !== undefined,
  }
}
