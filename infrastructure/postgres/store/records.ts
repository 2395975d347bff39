import { randomUUIDv7 } from 'node:crypto'
import { majorOf, type Schema } from '@strata/domain/convention'
import type { NewRecords, RecordId, RecordStore } from '@strata/domain/record'
import { sql } from 'kysely'
import { toSchema } from '../mappers/convention.ts'
import type { Transaction } from '../session/transaction.ts'
import { enterCoverage } from './coverage.ts'
import { insertVersions, typedColumns } from './record-versions.ts'
import { newestVersions } from './newest-versions.ts'
import { metadataTableName } from '../tables/metadata-table.ts'

/** Writes records in bulk: one statement per operation. */
export function recordStore(tx: Transaction): RecordStore {
  return {
    async schemaOf(slug) {
      // Locks the version's fields until the transaction ends: a deploy that would change them waits, and then finds these records.
      await sql`
        select from schema_version version join convention on (convention.schema_id, convention.schema_version) = (version.id, version.version)
        where convention.slug = ${slug} for key share of version`.execute(tx.kysely)
      return schemaOf(tx, slug)
    },

    async hasRecords() {
      const { rows } = await sql<{ has: boolean }>`select exists (select from record) as has`.execute(tx.kysely)
      return rows[0]?.has === true
    },

    async insertNew(batch, actor) {
      const ids = await insertMissing(tx, batch, actor)
      const validated = batch.records.flatMap(({ id, source }) => (id !== undefined && ids.get(source.id) === id ? [id] : []))
      await enterCoverage(tx, batch.convention, validated)
      return batch.records.map(({ source }) => ids.get(source.id))
    },

    newestOf: (sources, lock) => newestVersions(tx, sources, lock),
    insertVersions: (batch, actor) => insertVersions(tx, batch, actor),
  }
}

/** The current schema of the convention's records. */
export async function schemaOf({ prisma }: { prisma: Transaction['prisma'] }, slug: string): Promise<Schema | undefined> {
  const row = await prisma.convention.findUnique({ where: { slug }, include: { schema: true } })
  return row === null ? undefined : toSchema(row.schema)
}

/**
 * Inserts records and returns the new ids by source id. A record and its typed row are one statement. Ordered by source id, so that two
 * overlapping calls cannot deadlock.
 */
async function insertMissing(tx: Transaction, batch: NewRecords, actor: string): Promise<Map<string, RecordId>> {
  const { convention, schema } = batch
  const rows = batch.records
    .toSorted((a, b) => (a.source.id < b.source.id ? -1 : 1))
    .map((record) => ({ id: record.id ?? (randomUUIDv7() as RecordId), record }))
  const { names, arrays } = typedColumns(schema, rows)
  const inserted = await sql<{ id: RecordId }>`
    with incoming as (
      select * from unnest(${sql.join([
        sql`${rows.map(({ id }) => id)}::uuid[]`,
        sql`${rows.map(({ record }) => JSON.stringify(record.source))}::jsonb[]`,
        sql`${rows.map(({ record }) => JSON.stringify(record.metadata))}::jsonb[]`,
        sql`${rows.map(({ record }) => record.note ?? null)}::text[]`,
        ...arrays,
      ])}) as incoming (${sql.join([sql.id('_record'), sql.id('_source'), sql.id('_metadata'), sql.id('_note'), ...names])})
    ), inserted as (
      insert into record (id, convention, schema_id, schema_version, source, metadata, published_at, published_by, note)
      select _record, ${convention}, ${schema.id}, ${schema.version}, _source, _metadata, (select clock_timestamp()), ${actor}, _note
      from incoming
      on conflict (convention, (source ->> 'type'), (source ->> 'id')) where version = 1 do nothing
      returning id
    ), typed as (
      insert into ${sql.id('metadata', metadataTableName(schema))} (${sql.join([sql.id('_record'), sql.id('_convention'), ...names])})
      select ${sql.join([sql.id('_record'), sql`${convention}`, ...names])}
      from incoming join inserted on id = _record
    ), counted as (
      insert into record_count (convention, schema_id, schema_major, records)
      select ${convention}, ${schema.id}, ${majorOf(schema.version)}, count(*) from inserted having count(*) > 0
    )
    select id from inserted`.execute(tx.kysely)
  const sourceIds = new Map(rows.map(({ id, record }) => [id, record.source.id]))
  return new Map(inserted.rows.map(({ id }) => [sourceIds.get(id) ?? '', id]))
}
