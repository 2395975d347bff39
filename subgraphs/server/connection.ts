import { BadUserInput, parsePageSize, type Page, type PageRequest } from '@strata/domain/shared'

/** A Relay connection before GraphQL picks from it. `count` runs only when `totalCount` is selected. */
export interface Connection<Item> {
  readonly page: Page<Item>
  readonly cursorOf: (item: Item) => string
  readonly count: () => Promise<number>
}

/** The resolvers of every connection type. */
export const connectionResolvers = {
  edges: <Item>({ page, cursorOf }: Connection<Item>) => page.items.map((node) => ({ cursor: cursorOf(node), node })),
  nodes: <Item>({ page }: Connection<Item>) => page.items,
  pageInfo: <Item>({ page, cursorOf }: Connection<Item>) => {
    const [first, last] = [page.items.at(0), page.items.at(-1)]
    return {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: first === undefined ? null : cursorOf(first),
      endCursor: last === undefined ? null : cursorOf(last),
    }
  },
  totalCount: <Item>({ count }: Connection<Item>) => count(),
}

export interface PageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** `isKey` says what a key of this list looks like: a cursor of another list is refused, not misread. */
export function parsePage<Key extends string>(args: PageArgs, isKey: (text: string) => text is Key): PageRequest<Key> {
  const first = parsePageSize(args.first)
  return args.after == null ? { first } : { first, after: decodeCursor(args.after, isKey) }
}

/** For lists whose key is a whole number, like a version. */
export function parseNumberPage(args: PageArgs): PageRequest<number> {
  const { first, after } = parsePage(args, isWhole)
  return after === undefined ? { first } : { first, after: Number(after) }
}

function isWhole(text: string): text is string {
  return /^[0-9]{1,15}$/.test(text)
}

export function encodeCursor(key: string): string {
  return Buffer.from(key).toString('base64url')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: string): text is string {
  return uuid.test(text)
}

export function isText(text: string): text is string {
  return text.length > 0
}

function decodeCursor<Key extends string>(cursor: string, isKey: (text: string) => text is Key): Key {
  const key = Buffer.from(cursor, 'base64url').toString()
  if (cursor.length <= 4096 && encodeCursor(key) === cursor && isKey(key)) return key
  throw new BadUserInput('"after" is not a cursor of this list; use the endCursor of the previous page.', 'after')
}
