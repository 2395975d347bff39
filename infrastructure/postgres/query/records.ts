import type { SchemaVersion } from '@strata/domain/convention'
import type { PublishedRecord, RecordFilter, RecordId, RecordQueries, RecordSource, Withdrawal } from '@strata/domain/record'
import type { JsonObject, SchemaId, Slug } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Database } from '../session/connection.ts'
import { isCounting } from './reading/counting-versions.ts'
import { countsTogether, pagesTogether } from './read-together.ts'

export function recordQueries({ kysely }: Pick<Database, 'kysely'>): RecordQueries {
  return {
    async records(ids) {
      const rows = await kysely
        .selectFrom('record')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute()
      const byId = new Map(rows.map((row) => [row.id, toRecord(row)]))
      return ids.map((id) => byId.get(id))
    },

    async versionsOf(identities) {
      const { rows } = await sql<Selectable<DB['record']>>`
        select * from record where identity = any(${identities}::uuid[]) order by version desc`.execute(kysely)
      const byIdentity = Map.groupBy(rows.map(toRecord), ({ identity }) => identity)
      return identities.map((identity) => byIdentity.get(identity) ?? [])
    },

    async withdrawalsOf(identities) {
      const { rows } = await sql<Withdrawal & { record: string }>`
        select record, kind, reason, at, actor as by from withdrawal where record = any(${identities}::uuid[]) and restored_at is null`.execute(
        kysely,
      )
      const byRecord = new Map(rows.map(({ record, ...withdrawal }) => [record, withdrawal]))
      return identities.map((identity) => byRecord.get(identity))
    },

    recordPages: (listings) => pagesTogether({ kysely }, listings, newest, toRecord),
    recordCounts: (filters) =>
      countsTogether(
        { kysely },
        filters.map((filter) => sql`from record where ${matching(filter)}`),
      ),
  }
}

function newest(filter: RecordFilter, after: RecordId | undefined, limit: number) {
  return sql<Selectable<DB['record']>>`
    select * from record
    where ${matching(filter)} and ${after === undefined ? sql`true` : sql`id < ${after}`} order by id desc limit ${limit}`
}

function matching({ convention, source }: RecordFilter): RawBuilder<unknown> {
  const counting = isCounting(sql`record.id`)
  const ofConvention = convention === undefined ? counting : sql`${counting} and convention = ${convention}`
  return source === undefined ? ofConvention : sql`${ofConvention} and source ->> 'type' = ${source}`
}

function toRecord(row: Selectable<DB['record']>): PublishedRecord {
  return {
    id: row.id as RecordId,
    identity: row.identity as RecordId,
    version: row.version,
    convention: row.convention as Slug,
    schema: { id: row.schema_id as SchemaId, version: row.schema_version as SchemaVersion },
    source: row.source as unknown as RecordSource,
    metadata: row.metadata as unknown as JsonObject,
    publishedAt: row.published_at,
    ...(row.note === null ? {} : { note: row.note }),
  }
}
