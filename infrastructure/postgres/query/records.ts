import type { SchemaVersion } from '@strata/domain/convention'
import type { PublishedRecord, RecordFilter, RecordId, RecordQueries, RecordSource } from '@strata/domain/record'
import { pageOf, type JsonObject, type SchemaId, type Slug } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Database } from '../setup/connection.ts'

export function recordQueries({ kysely }: Pick<Database, 'kysely'>): RecordQueries {
  return {
    async records(ids) {
      const rows = await kysely.selectFrom('record').selectAll().where('id', 'in', [...ids]).execute()
      const byId = new Map(rows.map((row) => [row.id, toRecord(row)]))
      return ids.map((id) => byId.get(id))
    },

    async recordPage(filter, page) {
      let query = matching(kysely, filter).selectAll().orderBy('id', 'desc').limit(page.first + 1)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      return pageOf((await query.execute()).map(toRecord), page)
    },

    async recordCount(filter) {
      const { count } = await matching(kysely, filter).select(({ fn }) => fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

function matching(kysely: Kysely<DB>, { convention, source }: RecordFilter) {
  let query = kysely.selectFrom('record')
  if (convention !== undefined) query = query.where('convention', '=', convention)
  if (source !== undefined) query = query.where(sql`source ->> 'type'`, '=', source)
  return query
}

function toRecord(row: Selectable<DB['record']>): PublishedRecord {
  return {
    id: row.id as RecordId,
    convention: row.convention as Slug,
    schema: { id: row.schema_id as SchemaId, version: row.schema_version as SchemaVersion },
    source: row.source as unknown as RecordSource,
    metadata: row.metadata as unknown as JsonObject,
    publishedAt: row.published_at,
  }
}
