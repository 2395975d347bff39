import { maxPageSize, parsePageSize, PayloadTooLarge } from '@strata/domain/shared'
import { getNullableType, isListType, Kind, type GraphQLField } from 'graphql'

/** Checks that a list has the size that its schema gives. */
export type HoldList = (items: readonly unknown[], args: Readonly<Record<string, unknown>>) => readonly unknown[]

/**
 * Enforces `@listSize`: costs are counted by it, so no list may be longer. A list with `first` is cut to that length, because the query
 * asked for it. Any other list beyond its bound is refused, and never cut silently.
 */
export function listHolder(field: Pick<GraphQLField<unknown, unknown>, 'name' | 'type' | 'args' | 'astNode'>): HoldList | undefined {
  if (!isListType(getNullableType(field.type))) return undefined
  const most = assumedSizeOf(field)
  const takesFirst = field.args.some(({ name }) => name === 'first')
  return (items, args) => {
    const { first } = args
    if (takesFirst && typeof first === 'number') return cut(items, parsePageSize(first))
    if (items.length <= (most ?? maxPageSize)) return items
    const has = `"${field.name}" has ${items.length.toLocaleString('en-US')} items here, and `
    const bound = (most ?? maxPageSize).toLocaleString('en-US')
    throw new PayloadTooLarge(
      takesFirst
        ? `${has}without "first" at most ${bound} are answered; say with "first" how many you want, up to ${maxPageSize.toLocaleString('en-US')}.`
        : `${has}at most ${bound} are answered.`,
      takesFirst ? 'first' : undefined,
    )
  }
}

function cut(items: readonly unknown[], first: number): readonly unknown[] {
  return items.length <= first ? items : items.slice(0, first)
}

function assumedSizeOf({ astNode }: Pick<GraphQLField<unknown, unknown>, 'name' | 'type' | 'args' | 'astNode'>): number | undefined {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'listSize')
  const size = directive?.arguments?.find(({ name }) => name.value === 'assumedSize')?.value
  return size?.kind === Kind.INT ? Number(size.value) : undefined
}
