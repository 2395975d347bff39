import { sql, type RawBuilder } from 'kysely'
import { isAfter, type OrderTerm } from '../reading/compile-order.ts'

/** A row's place: what its keys are, as text; null where one is missing. */
export type Place = readonly (string | null)[]

/** The rows after one place, up to and with another; from the beginning and to the end without them. */
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

/** Where an index can follow it, one comparison of rows: it ends there instead of looking through what is left. */
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
