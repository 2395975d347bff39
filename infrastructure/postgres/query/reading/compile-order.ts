import { directionOfTies, type Direction, type Reading, type ResolvedColumn, type RowPlace, type SortKey } from '@strata/domain/dataset'
import type { Json } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import { sortable, systemColumn, value } from './table-sql.ts'

/** A sort key as SQL. */
export interface OrderTerm {
  readonly expression: RawBuilder<unknown>
  readonly direction: Direction
  readonly mayBeMissing: boolean
  readonly parameter: (one: Json) => RawBuilder<unknown>
}

export interface CompiledOrder {
  readonly keys: readonly OrderTerm[]
  /** Tie-breakers that make the order total: the record and, in a hook's table, the ordinal. */
  readonly ties: readonly OrderTerm[]
}

export function compileOrder({ table, order }: Reading, aliasOf: (of: ResolvedColumn) => string, alias: string): CompiledOrder {
  const direction = directionOfTies(order)
  const tie = (name: '_record' | '_ordinal', type: 'uuid' | 'integer'): OrderTerm => ({
    expression: systemColumn(alias, name),
    direction,
    mayBeMissing: false,
    parameter: (one) => sql`${one}::${sql.raw(type)}`,
  })
  return {
    keys: order.map((key) => termOf(key, aliasOf(key.of))),
    ties: [tie('_record', 'uuid'), ...(table.kind === 'hook' ? [tie('_ordinal', 'integer')] : [])],
  }
}

function termOf({ of, direction, mayBeMissing }: SortKey, alias: string): OrderTerm {
  return { expression: sortable(alias, of.column), direction, mayBeMissing, parameter: (one) => value(of.column, one) }
}

/** The ORDER BY list. */
export function orderBy(terms: readonly OrderTerm[]): RawBuilder<unknown> {
  return sql.join(
    terms.map(({ expression, direction, mayBeMissing }) => {
      if (direction === 'ASC') return expression
      return mayBeMissing ? sql`${expression} desc nulls last` : sql`${expression} desc`
    }),
  )
}

/** The values of a row's place, one per term. */
export function placeValues({ keys, ties }: CompiledOrder, place: RowPlace): readonly Json[] {
  return [...place.keys.slice(0, keys.length), ...[place.record, place.ordinal].slice(0, ties.length)]
}

/** The condition that a row comes after a place. */
export function isAfter(terms: readonly OrderTerm[], place: readonly Json[]): RawBuilder<boolean> {
  const [first] = terms
  const given = place[0] ?? null
  if (first === undefined || given === null || first.mayBeMissing || isOneWay(terms)) return after(terms, place)
  // Redundant, but lets an index scan start here.
  return sql`${first.expression} ${first.direction === 'ASC' ? sql`>=` : sql`<=`} ${first.parameter(given)} and ${after(terms, place)}`
}

function after(terms: readonly OrderTerm[], place: readonly Json[]): RawBuilder<boolean> {
  const [term, ...rest] = terms
  if (term === undefined) return sql`false`
  if (isOneWay(terms)) return afterRow(terms, term.direction, place)
  const given = place[0] ?? null
  const then = after(rest, place.slice(1))
  if (given === null) return sql`(${term.expression} is null and ${then})`
  const beyond = sql`${term.expression} ${term.direction === 'ASC' ? sql`>` : sql`<`} ${term.parameter(given)}`
  const missing = term.mayBeMissing ? sql` or ${term.expression} is null` : sql``
  return sql`(${beyond}${missing} or (${term.expression} = ${term.parameter(given)} and ${then}))`
}

/** If all terms have one direction, a single row comparison is enough, and an index supports it. */
function isOneWay(terms: readonly OrderTerm[]): boolean {
  return terms.every(({ direction, mayBeMissing }) => direction === terms[0]?.direction && !mayBeMissing)
}

function afterRow(terms: readonly OrderTerm[], direction: Direction, place: readonly Json[]): RawBuilder<boolean> {
  const row = sql.join(terms.map(({ expression }) => expression))
  const last = sql.join(terms.map(({ parameter }, i) => parameter(place[i] ?? null)))
  return sql`(${row}) ${direction === 'ASC' ? sql`>` : sql`<`} (${last})`
}
