import type { DataColumn } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import { columnSql } from '../reading/table-sql.ts'

/** Whether the values of a column differ between `old` and `new`: numbers by more than the tolerance, JSON by what it says. */
export function differs(column: DataColumn, tolerance: number): RawBuilder<boolean> {
  const [old, now] = [columnSql('old', column), columnSql('new', column)]
  const distinct = sql<boolean>`${old} is distinct from ${now}`
  if (tolerance === 0 || !isNumeric(column)) return distinct
  // In halves, since the difference of two large numbers may be too large for one. From 2 on, all numbers are the same.
  const [a, b] = [sql`${old}::double precision / 2`, sql`${now}::double precision / 2`]
  const far = sql`abs(${a} - ${b}) > ${Math.min(tolerance, 2)}::double precision * greatest(0.5, abs(${a}), abs(${b}))`
  return sql`(case when ${old} is null or ${now} is null then ${distinct} else ${far} end)`
}

export function isNumeric({ type }: Pick<DataColumn, 'type'>): boolean {
  return type === 'NUMBER' || type === 'INTEGER'
}

/** By how much a number grew, null where one of the two is missing; amounts beyond what is told apart are cut, so that none overflows. */
export function growth(column: DataColumn): RawBuilder<number> {
  const [old, now] = [columnSql('old', column), columnSql('new', column)]
  // least and greatest would take a missing value for the limit.
  return sql`(case when ${old} is not null and ${now} is not null then ${cut(now)} - ${cut(old)} end)`
}

function cut(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`least(greatest(${value}::double precision, -1e300), 1e300)`
}
