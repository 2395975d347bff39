import { columnsOf, recordsTables, type Dataset, type DatasetQueries, type RecordsTable, type RowKey } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import { pageOf, type PageRequest, type Slug } from '@strata/domain/shared'
import { sql } from 'kysely'
import { toSchema } from '../repository/mappers/convention.ts'
import type { Database } from '../setup/connection.ts'
import { metadataTableName, sqlTypeOf } from '../tables/metadata-table.ts'
import { toValues, valueExpression, type ValueRow } from '../tables/typed-values.ts'
import { featureRowPage, featureTablesOf } from './feature-rows.ts'
import { keptCoverage, recordCounts } from './reading/kept-counts.ts'

type Reading = Pick<Database, 'kysely' | 'prisma'>

export function datasetQueries(database: Reading): DatasetQueries {
  return {
    async dataset(convention) {
      const [dataset] = await datasetsOf(database, [convention])
      return dataset
    },

    datasets: () => datasetsOf(database),

    async rowPage(convention, table, page) {
      const found = await tableOf(database, convention, table)
      if (found === undefined) return featureRowPage(database, convention, table, page)
      const { fields } = found.schema
      const rows = await readPage(database, convention, found, page)
      return pageOf(rows.map((row) => ({ record: row._record as RecordId, values: toValues(fields, row) })), page)
    },

    async rowCount(convention, table) {
      const found = await tableOf(database, convention, table)
      if (found === undefined) return Number((await keptCoverage(database, [convention])).get(`${convention}/${table}`)?.rows ?? 0n)
      return Number((await recordCounts(database, [convention])).get(`${convention}/${metadataTableName(found.schema)}`) ?? 0n)
    },
  }
}

/** The order of ids is the order of publishing; the index over (_convention, _record) holds it. */
async function readPage({ kysely }: Reading, convention: string, { schema }: RecordsTable, page: PageRequest<RowKey>): Promise<ValueRow[]> {
  const columns = schema.fields.map((field) => valueExpression(field.name, sqlTypeOf(field)))
  const after = page.after === undefined ? sql`` : sql`and _record > ${page.after.split('.')[0]}::uuid`
  const { rows } = await sql<ValueRow>`
    select ${sql.join([sql.id('_record'), ...columns])}
    from ${sql.id('metadata', metadataTableName(schema))}
    where _convention = ${convention} ${after}
    order by _record
    limit ${page.first + 1}`.execute(kysely)
  return rows
}

async function datasetsOf(database: Reading, slugs?: readonly string[]): Promise<Dataset[]> {
  const datasets = await tablesOf(database, slugs)
  const conventions = datasets.map(({ convention }) => convention)
  const counts = await recordCounts(database, conventions)
  const hooks = await featureTablesOf(database, conventions)
  return datasets.map(({ convention, tables }) => ({
    convention: convention as Slug,
    tables: [
      ...tables.map(({ name, schema }) => ({
        name,
        columns: columnsOf(schema),
        rowCount: counts.get(`${convention}/${metadataTableName(schema)}`) ?? 0n,
      })),
      ...(hooks.get(convention) ?? []),
    ],
  }))
}

async function tableOf(database: Reading, convention: string, name: string): Promise<RecordsTable | undefined> {
  const [dataset] = await tablesOf(database, [convention])
  return dataset?.tables.find((table) => table.name === name)
}

async function tablesOf({ prisma }: Reading, slugs?: readonly string[]) {
  const where = slugs === undefined ? {} : { slug: { in: [...slugs] } }
  const include = { schema: true, schemas: { include: { schema: true } } }
  const rows = await prisma.convention.findMany({ where, include, orderBy: { slug: 'asc' } })
  return rows.map(({ slug, schema, schemas }) => ({
    convention: slug,
    tables: recordsTables(toSchema(schema), schemas.map((had) => toSchema(had.schema))),
  }))
}
