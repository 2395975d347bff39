import type { DataColumn } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import { columnSql } from '../reading/table-sql.ts'

/** Whether a column's values in `old` and `new` differ: numbers by more than the tolerance, JSON by value. */
export function differs(column: DataColumn, tolerance: number): RawBuilder<boolean> {
  const [old, now] = [columnSql('old', column), columnSql('new', column)]
  const distinct = sql<boolean>`${old} is distinct from ${now}`
  if (tolerance === 0 || !isNumeric(column)) return distinct
  // Uses halves, since the difference of two large numbers may overflow. With a tolerance of 2 or more, all numbers are equal.
  const [a, b] = [sql`${old}::double precision / 2`, sql`${now}::double precision / 2`]
  const far = sql`abs(${a} - ${b}) > ${Math.min(tolerance, 2)}::double precision * greatest(0.5, abs(${a}), abs(${b}))`
  return sql`(case when ${old} is null or ${now} is null then ${distinct} else ${far} end)`
}

export function isNumeric({ type }: Pick<DataColumn, 'type'>): boolean {
  return type === 'NUMBER' || type === 'INTEGER'
}

/** The change of a number; null if either value is missing. Large amounts are clamped, so that nothing overflows. */
export function growth(column: DataColumn): RawBuilder<number> {
  const [old, now] = [columnSql('old', column), columnSql('new', column)]
  // least and greatest ignore nulls and would return the limit for a missing value.
  return sql`(case when ${old} is not null and ${now} is not null then ${cut(now)} - ${cut(old)} end)`
}

function cut(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`least(greatest(${value}::double precision, -1e300), 1e300)`
}
