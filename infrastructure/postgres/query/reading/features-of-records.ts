import type { FeaturesQuestion, ReadableTable, TableRow } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import { didYouMean, mapInSlices, NotFound, type Slug } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { snapshot } from '../../session/snapshot.ts'
import { compileReading, rowAlias } from './compile-reading.ts'
import { readableHook } from './readable-dataset.ts'
import { toTableRow, type SelectedRow } from './row-values.ts'
import { systemColumn } from './table-sql.ts'

type Reading = Pick<Database, 'kysely' | 'prisma'>

/** For each record, in order: the effective rows of one hook. One query per convention. */
export async function featuresOfRecords(
  database: Reading,
  question: FeaturesQuestion,
  records: readonly RecordId[],
): Promise<TableRow[][]> {
  const table = await tableOfHook(database, question.hook)
  const rows = await snapshot(database, async (kysely) => {
    const conventions = await kysely
      .selectFrom('record')
      .select('convention')
      .distinct()
      .where('id', 'in', [...records])
      .execute()
    const found: TableRow[][] = []
    for (const { convention } of conventions) found.push(await featuresOf({ kysely }, table, convention as Slug, question, records))
    return found.flat()
  })
  const byRecord = Map.groupBy(rows, ({ record }) => record)
  return records.map((record) => byRecord.get(record) ?? [])
}

async function featuresOf(
  database: Pick<Database, 'kysely'>,
  table: ReadableTable,
  convention: Slug,
  { asOf, limit }: FeaturesQuestion,
  records: readonly RecordId[],
): Promise<TableRow[]> {
  const reading = {
    dataset: { convention, tables: [table] },
    table,
    filter: undefined,
    order: [],
    asOf,
    release: undefined,
    allVersions: true,
  }
  const { select, from, where, orderBy } = await compileReading(database, reading, { lookup: 'row by row' })
  // The rows of a record are numbered from 0.
  const { rows } = await sql<SelectedRow>`select ${select} from ${from}
    where ${where} and ${systemColumn(rowAlias, '_record')} = any(${records}::uuid[]) and ${systemColumn(rowAlias, '_ordinal')} < ${limit}
    order by ${orderBy}`.execute(database.kysely)
  return mapInSlices(rows, (row) => toTableRow(table, row))
}

async function tableOfHook(database: Reading, name: string): Promise<ReadableTable> {
  const table = await readableHook(database, name)
  if (table !== undefined) return table
  const hooks = await database.prisma.hook.findMany({ select: { name: true } })
  throw new NotFound(
    `There is no hook "${name.slice(0, 80).toWellFormed()}" that makes rows.${didYouMean(
      name,
      hooks.map((hook) => hook.name),
    )}`,
    'hook',
  )
}
