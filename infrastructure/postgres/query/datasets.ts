import { columnsOf, type Dataset, type DatasetQueries } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import { pageOf, type JsonObject, type Slug } from '@strata/domain/shared'
import { toSchema } from '../repository/mappers/convention.ts'
import type { Database } from '../setup/connection.ts'
import { featureRowCounts, featureRowPage, featureTablesOf } from './feature-rows.ts'

type Reading = Pick<Database, 'kysely' | 'prisma'>

export function datasetQueries(database: Reading): DatasetQueries {
  const { kysely } = database
  return {
    async dataset(convention) {
      const [dataset] = await datasetsOf(database, [convention])
      return dataset
    },

    datasets: () => datasetsOf(database),

    async rowPage(convention, table, page) {
      if (table !== 'records') return featureRowPage(database, convention, table, page)
      if (!(await hasConvention(database, convention))) return undefined
      let query = kysely
        .selectFrom('record')
        .select(['id', 'metadata'])
        .where('convention', '=', convention)
        .orderBy('id')
        .limit(page.first + 1)
      if (page.after !== undefined) query = query.where('id', '>', page.after)
      const rows = await query.execute()
      return pageOf(rows.map((row) => ({ record: row.id as RecordId, values: row.metadata as unknown as JsonObject })), page)
    },

    async rowCount(convention, table) {
      if (table !== 'records') return Number((await featureRowCounts(database, [convention])).get(`${convention}/${table}`) ?? 0n)
      return Number((await countRecords(database, [convention])).get(convention) ?? 0n)
    },
  }
}

async function datasetsOf(database: Reading, slugs?: readonly string[]): Promise<Dataset[]> {
  const where = slugs === undefined ? {} : { slug: { in: [...slugs] } }
  const conventions = await database.prisma.convention.findMany({ where, include: { schema: true }, orderBy: { slug: 'asc' } })
  const counts = await countRecords(database, conventions.map(({ slug }) => slug))
  const hooks = await featureTablesOf(database, conventions.map(({ slug }) => slug))
  return conventions.map(({ slug, schema }) => ({
    convention: slug as Slug,
    tables: [
      { name: 'records', columns: columnsOf(toSchema(schema)), rowCount: counts.get(slug) ?? 0n },
      ...(hooks.get(slug) ?? []),
    ],
  }))
}

async function countRecords({ kysely }: Reading, slugs: readonly string[]): Promise<Map<string, bigint>> {
  if (slugs.length === 0) return new Map()
  const rows = await kysely
    .selectFrom('record')
    .select(({ fn }) => ['convention', fn.countAll<bigint>().as('count')] as const)
    .where('convention', 'in', [...slugs])
    .groupBy('convention')
    .execute()
  return new Map(rows.map((row) => [row.convention, BigInt(row.count)]))
}

async function hasConvention({ prisma }: Reading, slug: string): Promise<boolean> {
  return (await prisma.convention.count({ where: { slug } })) > 0
}
