import { tablesAsked, type Reading, type ReadableTable, type ResolvedColumn } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { compileOrder, orderBy, type CompiledOrder } from './compile-order.ts'
import { compilePredicate } from './compile-predicate.ts'
import type { Lookup } from './effective-rows.ts'
import { selection } from './row-values.ts'
import { columnSql, systemColumn, tableSql } from './table-sql.ts'
import { countingRows } from './which-rows.ts'

/** A reading as the parts of a query: `select {select} from {from} where {where} order by {orderBy}`. */
export interface CompiledReading {
  readonly reading: Reading
  /** The table as `row`, joined with the requested tables of the row's record. */
  readonly from: RawBuilder<unknown>
  /** Effective rows that match the filter. */
  readonly where: RawBuilder<boolean>
  /** The complete order. Pages use it in two parts that indexes support. */
  readonly orderBy: RawBuilder<unknown>
  readonly order: CompiledOrder
  /** Every column of the table and the row's identity; `toTableRow` reads the result. */
  readonly select: RawBuilder<unknown>
  readonly haveVersions: boolean
  /** Whether another release than the live one made the row. */
  readonly stale: RawBuilder<boolean>
  /** A column of the table or of the row's record, as stored in the database. */
  column(of: ResolvedColumn): RawBuilder<unknown>
}

/** The alias of the table in the query. */
export const rowAlias = 'row'

/** `using` are the columns needed besides those of the filter and the order. */
export async function compileReading(
  database: Pick<Database, 'kysely'>,
  reading: Reading,
  { lookup, using = [] }: { readonly lookup: Lookup; readonly using?: readonly ResolvedColumn[] },
): Promise<CompiledReading> {
  const { table, filter, order } = reading
  const counting = await countingRows(database, { ...reading, lookup }, tablesAsked(filter))
  const joined = [...new Set([...order.map(({ of }) => of), ...using].filter(({ isOwn }) => !isOwn).map((of) => of.table))]
  const aliasOf = ({ isOwn, table }: ResolvedColumn) => (isOwn ? rowAlias : recordAlias(joined, table))
  const conditions = [counting.counts(table, rowAlias)]
  if (filter !== undefined) conditions.push(compilePredicate(filter, { table, alias: rowAlias, counts: counting.counts }))
  const compiled = compileOrder(reading, aliasOf, rowAlias)
  const stale = counting.stale(rowAlias)
  return {
    reading,
    from: sql`${tableSql(table)} as ${sql.id(rowAlias)}${sql.join(
      joined.map((one) => joinRecord(one, recordAlias(joined, one))),
      sql``,
    )}`,
    where: sql`${sql.join(conditions, sql` and `)}`,
    orderBy: orderBy([...compiled.keys, ...compiled.ties]),
    order: compiled,
    haveVersions: counting.haveVersions,
    select: selection(table, rowAlias, stale, counting),
    stale,
    column: (of) => columnSql(aliasOf(of), of.column),
  }
}

function recordAlias(joined: readonly ReadableTable[], table: ReadableTable): string {
  return `record_${joined.indexOf(table)}`
}

/** A hook's row has one record, which has one row in the table of its schema's major. */
function joinRecord(table: ReadableTable, alias: string): RawBuilder<unknown> {
  return sql` left join ${tableSql(table)} as ${sql.id(alias)} on ${systemColumn(alias, '_record')} = ${systemColumn(rowAlias, '_record')}`
}
