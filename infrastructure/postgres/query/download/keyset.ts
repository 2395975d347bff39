import { sql, type RawBuilder } from 'kysely'
import type { OrderKey } from './streamed-table.ts'

/** A row's place: the values of its keys as text, null where one is missing. */
export type Place = readonly (string | null)[]

export function orderBy(order: readonly OrderKey[]): RawBuilder<unknown> {
  return sql.join(order.map(({ value, descending, mayBeMissing }) => {
    const direction = descending ? sql`desc` : sql`asc`
    return mayBeMissing ? sql`${value} ${direction} nulls last` : sql`${value} ${direction}`
  }))
}

/** Whether a row comes after a place. As a comparison of rows where that says the same: an index answers it. */
export function after(order: readonly OrderKey[], place: Place): RawBuilder<unknown> {
  if (isComparable(order)) return sql`${row(order)} ${order[0]?.descending ? sql`<` : sql`>`} ${values(order, place)}`
  return sql`(${beyond(order, place)})`
}

/** Whether a row comes before a place or stands at it. */
export function upTo(order: readonly OrderKey[], place: Place): RawBuilder<unknown> {
  if (isComparable(order)) return sql`${row(order)} ${order[0]?.descending ? sql`>=` : sql`<=`} ${values(order, place)}`
  return sql`(${beyond(order, place)}) is not true`
}

function isComparable(order: readonly OrderKey[]): boolean {
  return order.every((key) => key.descending === order[0]?.descending && !key.mayBeMissing)
}

function row(order: readonly OrderKey[]): RawBuilder<unknown> {
  return sql`(${sql.join(order.map(({ value }) => value))})`
}

function values(order: readonly OrderKey[], place: Place): RawBuilder<unknown> {
  return sql`(${sql.join(order.map((key, i) => valueAt(key, place[i])))})`
}

/** The first key says more, or it says the same and the others do. */
function beyond([key, ...others]: readonly OrderKey[], [value, ...rest]: Place): RawBuilder<unknown> {
  if (key === undefined) return sql`false`
  if (value === null || value === undefined) return sql`${key.value} is null and (${beyond(others, rest)})`
  const at = valueAt(key, value)
  const further = sql`${key.value} ${key.descending ? sql`<` : sql`>`} ${at}`
  const same = sql`${key.value} = ${at} and (${beyond(others, rest)})`
  return key.mayBeMissing ? sql`${further} or ${key.value} is null or (${same})` : sql`${further} or (${same})`
}

function valueAt({ type }: OrderKey, value: string | null | undefined): RawBuilder<unknown> {
  return sql`${value ?? null}::${sql.raw(type)}`
}
