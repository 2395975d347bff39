import type { ColumnDiff, DiffRequest, ReleaseDiff } from '@strata/domain/provenance'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely } from 'kysely'
import type { PredicateScope } from '../reading/predicate-scope.ts'
import { columnSql } from '../reading/table-sql.ts'
import { chosenRecords, comparedRows } from './compared-rows.ts'
import { differs } from './differs.ts'

type Counts = PredicateScope['counts']

/** The number of compared records, and of those whose outcome changed. */
export async function countFlips(
  kysely: Kysely<DB>,
  request: DiffRequest,
  counts: Counts,
): Promise<Pick<ReleaseDiff, 'recordCount' | 'flipped'>> {
  const { rows } = await sql<ReleaseDiff['flipped'][number]>`
    with ${chosenRecords(request, counts)}
    select "from", "to", count(*) from chosen group by 1, 2 order by 1, 2`.execute(kysely)
  return { recordCount: rows.reduce((sum, { count }) => sum + count, 0n), flipped: rows.filter(({ from, to }) => from !== to) }
}

type Changes = Pick<ReleaseDiff, 'added' | 'removed' | 'changed' | 'unchanged'> & {
  readonly columns: readonly Omit<ColumnDiff, 'changes'>[]
}

/** Counts rows of only one release, and of rows of both, which differ and in what columns; in one pass. */
export async function countChanges(kysely: Kysely<DB>, request: DiffRequest, counts: Counts): Promise<Changes> {
  const { table, tolerance } = request
  const name = (what: string, i: number) => sql.id(`${what}_${i}`)
  const all = sql.join([
    sql`old._record is null as is_added`,
    sql`new._record is null as is_removed`,
    ...table.columns.flatMap((column, i) => [
      sql`${differs(column, tolerance)} as ${name('differs', i)}`,
      sql`${columnSql('old', column)} is null as ${name('was_null', i)}`,
      sql`${columnSql('new', column)} is null as ${name('is_null', i)}`,
    ]),
  ])
  const inBoth = sql`not is_added and not is_removed`
  const anything =
    table.columns.length === 0
      ? sql`false`
      : sql.join(
          table.columns.map((_, i) => name('differs', i)),
          sql` or `,
        )
  const perColumn = table.columns.flatMap((_, i) => [
    sql`count(*) filter (where ${inBoth} and ${name('differs', i)}) as ${name('changed', i)}`,
    sql`count(*) filter (where ${inBoth} and ${name('differs', i)} and ${name('was_null', i)}) as ${name('gained', i)}`,
    sql`count(*) filter (where ${inBoth} and ${name('differs', i)} and ${name('is_null', i)}) as ${name('lost', i)}`,
  ])
  const { rows } = await sql<Readonly<Record<string, bigint>>>`
    with ${chosenRecords(request, counts)}
    select ${sql.join([
      sql`count(*) filter (where is_added) as added`,
      sql`count(*) filter (where is_removed) as removed`,
      sql`count(*) filter (where ${inBoth} and (${anything})) as changed`,
      sql`count(*) filter (where ${inBoth} and not (${anything})) as unchanged`,
      ...perColumn,
    ])}
    from (select ${all} from ${comparedRows(request, counts)}) compared`.execute(kysely)
  const found = (key: string) => rows[0]?.[key] ?? 0n
  return {
    added: found('added'),
    removed: found('removed'),
    changed: found('changed'),
    unchanged: found('unchanged'),
    columns: table.columns.map(({ name: column }, i) => ({
      column,
      changed: found(`changed_${i}`),
      gained: found(`gained_${i}`),
      lost: found(`lost_${i}`),
    })),
  }
}
