import { sql, type RawBuilder } from 'kysely'
import { isAfter, type OrderTerm } from '../reading/compile-order.ts'

/** A row's place: its keys as text; null for missing ones. */
export type Place = readonly (string | null)[]

/** The rows after one place, up to and including another. Undefined places mean the beginning and the end. */
export function within(
  terms: readonly OrderTerm[],
  { from, end }: { readonly from: Place | undefined; readonly end?: Place | undefined },
): RawBuilder<boolean> {
  const conditions = [...(from === undefined ? [] : [isAfter(terms, from)]), ...(end === undefined ? [] : [isUpTo(terms, end)])]
  return conditions.length === 0
    ? sql`true`
    : sql`${sql.join(
        conditions.map((one) => sql`(${one})`),
        sql` and `,
      )}`
}

/** A single row comparison where an index supports it, so that the scan stops at the end of the range. */
function isUpTo(terms: readonly OrderTerm[], place: Place): RawBuilder<boolean> {
  const [first] = terms
  if (first === undefined) return sql`true`
  const before = first.direction === 'ASC' ? sql`<=` : sql`>=`
  if (terms.every(({ direction, mayBeMissing }) => direction === first.direction && !mayBeMissing)) {
    const row = sql.join(terms.map(({ expression }) => expression))
    return sql`(${row}) ${before} (${sql.join(terms.map(({ parameter }, i) => parameter(place[i] ?? null)))})`
  }
  const rest = sql<boolean>`(${isAfter(terms, place)}) is not true`
  const given = place[0] ?? null
  return given === null || first.mayBeMissing ? rest : sql`${first.expression} ${before} ${first.parameter(given)} and ${rest}`
}
