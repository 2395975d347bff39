import type { SchemaVersion } from '@strata/domain/convention'
import type { PublishedRecord, RecordFilter, RecordId, RecordQueries, RecordSource, Withdrawal } from '@strata/domain/record'
import type { JsonObject, SchemaId, Slug } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Database } from '../session/connection.ts'
import { forkedIdentity, isForkOf } from './forked-versions.ts'
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

    async originalsOf(ids, domain) {
      const { rows } = await sql<{ fork: RecordId; original: RecordId }>`
        select fork.id as fork, original.id as original
        from record fork join record original on ${isForkOf('fork', 'original', domain)}
        where fork.id = any(${ids}::uuid[])`.execute(kysely)
      const byFork = new Map(rows.map(({ fork, original }) => [fork, original]))
      return ids.map((id) => byFork.get(id))
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

function matching({ convention, source, forkOf }: RecordFilter): RawBuilder<unknown> {
  const conditions = [isCounting(sql`record.id`)]
  if (convention !== undefined) conditions.push(sql`convention = ${convention}`)
  if (source !== undefined) conditions.push(sql`source ->> 'type' = ${source}`)
  if (forkOf !== undefined) {
    // As in the index `record_by_forked`.
    conditions.push(sql`source ->> 'type' = 'fork' and ${forkedIdentity('record')} = ${forkOf.identity}::uuid`)
    conditions.push(sql`split_part(source ->> 'id', ':', 3) = ${forkOf.domain}`)
  }
  return sql.join(conditions, sql` and `)
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
