import { dependsOnRow } from '@strata/domain/dataset'
import type { DiffRequest } from '@strata/domain/provenance'
import { sql, type RawBuilder } from 'kysely'
import { compilePredicate } from '../reading/compile-predicate.ts'
import { isCounting } from '../reading/counting-versions.ts'
import type { PredicateScope } from '../reading/predicate-scope.ts'
import { systemColumn, tableSql } from '../reading/table-sql.ts'

type Counts = PredicateScope['counts']

/**
 * Selects the compared records as `chosen`: both releases have a result for them, and they match the filter. Conditions on rows
 * must hold for a row of either release.
 */
export function chosenRecords(request: DiffRequest, counts: Counts): RawBuilder<unknown> {
  const { from, to, convention, asOf } = request
  const published = [
    sql`record.id = both_have._record`,
    isCounting(sql`record.id`, asOf),
    ...(convention === undefined ? [] : [sql`record.convention = ${convention}`]),
    ...(asOf === undefined ? [] : [sql`record.published_at <= ${asOf}`]),
  ]
  return sql`
    both_have as (
      select old.record as _record, old.run as _old, new.run as _new, old.status as "from", new.status as "to"
      from run_outcome old join run_outcome new on new.record = old.record
      where old.release_id = ${from.id}::uuid and ${isWinner('old', asOf)} and new.release_id = ${to.id}::uuid and ${isWinner('new', asOf)}
    ),
    chosen as materialized (
      select * from both_have
      where exists (select from record where ${sql.join(published, sql` and `)}) and ${passes(request, counts)}
    )`
}

function isWinner(alias: string, asOf: Date | undefined): RawBuilder<unknown> {
  const [won, lost] = [sql.ref(`${alias}.won_at`), sql.ref(`${alias}.lost_at`)]
  return asOf === undefined
    ? sql`${won} is not null and ${lost} is null`
    : sql`${won} <= ${asOf} and (${lost} is null or ${lost} > ${asOf})`
}

function passes({ filter, table }: DiffRequest, counts: Counts): RawBuilder<unknown> {
  if (filter === undefined) return sql`true`
  const { predicate } = filter
  if (!dependsOnRow(predicate)) return compilePredicate(predicate, { table, alias: 'both_have', counts })
  return sql`exists (
    select from ${tableSql(table)} as row
    where ${systemColumn('row', '_record')} = both_have._record and ${systemColumn('row', '_run')} in (both_have._old, both_have._new)
      and ${compilePredicate(predicate, { table, alias: 'row', counts })}
  )`
}

/** The rows of `chosen` records, `old` beside `new`; null where a release has no such row. */
export function comparedRows({ table, from, to, filter }: DiffRequest, counts: Counts): RawBuilder<unknown> {
  const rowsOf = (version: number, run: string) => sql`
    (select row.* from ${tableSql(table)} as row join chosen on chosen._record = row._record and chosen.${sql.id(run)} = row._run
      where row._version = ${sql.lit(version)})`
  const asked = filter !== undefined && dependsOnRow(filter.predicate) ? filter.predicate : undefined
  const side = (alias: string) =>
    asked && sql`(${systemColumn(alias, '_record')} is not null and ${compilePredicate(asked, { table, alias, counts })})`
  return sql`${rowsOf(from.version, '_old')} as old
    full join ${rowsOf(to.version, '_new')} as new on new._record = old._record and new._ordinal = old._ordinal
    where ${asked === undefined ? sql`true` : sql`(${side('old')} or ${side('new')})`}`
}
