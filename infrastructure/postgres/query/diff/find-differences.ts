import {
  changeBucket,
  greatestExponent,
  inOrder,
  leastExponent,
  type ChangeBucket,
  type DiffRequest,
  type RowDiff,
} from '@strata/domain/provenance'
import type { RecordId } from '@strata/domain/record'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { PredicateScope } from '../reading/predicate-scope.ts'
import { selection, toTableRow, type SelectedRow } from '../reading/row-values.ts'
import { tableSql } from '../reading/table-sql.ts'
import { chosenRecords, comparedRows } from './compared-rows.ts'
import { differs, growth, isNumeric } from './differs.ts'

type Counts = PredicateScope['counts']

interface Differences {
  readonly examples: readonly RowDiff[]
  /** The sizes of the changes, by numeric column. */
  readonly buckets: ReadonlyMap<string, readonly ChangeBucket[]>
}

interface Place {
  readonly old: string | null
  readonly new: string | null
  readonly record: RecordId
  readonly ordinal: number
  readonly columns: readonly number[]
}

/** Finds the differing rows in one pass: the first ones, and the sizes of the numeric changes. */
export async function findDifferences(kysely: Kysely<DB>, request: DiffRequest, counts: Counts): Promise<Differences> {
  const { table, tolerance } = request
  const isDifferent = table.columns.map(
    (column) => sql`(old._record is not null and new._record is not null and ${differs(column, tolerance)})`,
  )
  const { rows } = await sql<{ places: readonly Place[]; buckets: readonly Bucket[] }>`
    with ${chosenRecords(request, counts)},
    differing as materialized (
      select old._run as old, new._run as new, coalesce(old._record, new._record) as record, coalesce(old._ordinal, new._ordinal) as ordinal,
        array_remove(array[${sql.join([...isDifferent.map((one, i) => sql`case when ${one} then ${sql.lit(i)} end`), sql`null::integer`])}], null) as columns
        ${sql.join(
          numbers(request).map(
            ({ column, i }) => sql`, case when ${isDifferent[i]} then ${growth(column)} end as ${sql.id(`growth_${i}`)}`,
          ),
          sql``,
        )}
      from ${comparedRows(request, counts)}
        and (old._record is null or new._record is null ${sql.join(
          isDifferent.map((one) => sql` or ${one}`),
          sql``,
        )})
    )
    select
      (select coalesce(json_agg(json_build_object('old', old, 'new', new, 'record', record, 'ordinal', ordinal, 'columns', columns) order by record, ordinal), '[]')
        from (select * from differing order by record, ordinal limit ${request.examples}) first) as places,
      ${bucketsSql(request)} as buckets`.execute(kysely)
  const [found] = rows
  return { examples: await readExamples(kysely, request, found?.places ?? []), buckets: bucketsOf(request, found?.buckets ?? []) }
}

function numbers({ table }: DiffRequest) {
  return table.columns.flatMap((column, i) => (isNumeric(column) ? [{ column, i }] : []))
}

interface Bucket {
  readonly column: number
  readonly sign: 1 | -1
  readonly exponent: number
  readonly count: number
}

function bucketsSql(request: DiffRequest): RawBuilder<unknown> {
  const columns = numbers(request)
  if (columns.length === 0) return sql`'[]'::json`
  const exponent = sql`least(greatest(floor(log(abs(growth))), ${sql.lit(leastExponent)}), ${sql.lit(greatestExponent)})::integer`
  return sql`(
    select coalesce(json_agg(json_build_object('column', "column", 'sign', sign, 'exponent', exponent, 'count', count)), '[]')
    from (
      select "column", sign(growth)::integer as sign, ${exponent} as exponent, count(*)
      from differing cross join lateral (values ${sql.join(columns.map(({ i }) => sql`(${sql.lit(i)}, ${sql.id(`growth_${i}`)})`))}) changes ("column", growth)
      where growth <> 0
      group by 1, 2, 3
    ) counted
  )`
}

function bucketsOf({ table }: DiffRequest, buckets: readonly Bucket[]): ReadonlyMap<string, readonly ChangeBucket[]> {
  const byColumn = Map.groupBy(buckets, ({ column }) => table.columns[column]?.name ?? '')
  return new Map(
    byColumn
      .entries()
      .map(([column, some]) => [column, inOrder(some.map(({ sign, exponent, count }) => changeBucket(sign, exponent, BigInt(count))))]),
  )
}

/** The complete rows, as in reads of the table. */
async function readExamples(kysely: Kysely<DB>, { table }: DiffRequest, places: readonly Place[]): Promise<readonly RowDiff[]> {
  const wanted = places.flatMap((place) => [place.old, place.new].flatMap((run) => (run === null ? [] : [{ ...place, run }])))
  const { rows } = await sql<SelectedRow>`
    select ${selection(table, 'row', sql`false`, { haveVersions: false })}
    from unnest(${wanted.map(({ run }) => run)}::uuid[], ${wanted.map(({ record }) => record)}::uuid[], ${wanted.map(({ ordinal }) => ordinal)}::integer[])
      wanted (run, record, ordinal)
    join ${tableSql(table)} as row on row._run = wanted.run and row._record = wanted.record and row._ordinal = wanted.ordinal`.execute(
    kysely,
  )
  const values = new Map(
    rows.map((row) => [`${String(row['_run'])} ${row._record} ${String(row['_ordinal'])}`, toTableRow(table, row).values]),
  )
  return places.map(({ record, ordinal, columns, ...runs }) => ({
    record,
    ordinal,
    before: values.get(`${runs.old} ${record} ${ordinal}`),
    after: values.get(`${runs.new} ${record} ${ordinal}`),
    columns: columns.flatMap((i) => table.columns[i]?.name ?? []),
  }))
}
