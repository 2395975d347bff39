import { randomUUIDv7 } from 'node:crypto'
import type { InsertedRecord, NewRecords, RecordId, RecordStore } from '@strata/domain/record'
import { sql } from 'kysely'
import { toSchema } from '../repository/mappers/convention.ts'
import type { Transaction } from '../setup/transaction.ts'

/** Bulk writes of records: one statement for all of them, whatever their number. */
export function recordStore(tx: Transaction): RecordStore {
  return {
    async schemaOf(slug) {
      const row = await tx.prisma.convention.findUnique({ where: { slug }, include: { schema: true } })
      return row === null ? undefined : toSchema(row.schema)
    },

    async insertNew(batch, actor) {
      const ids = await insertMissing(tx, batch, actor)
      const known = await findExisting(tx, batch, ids)
      return batch.records.map(({ source }) => takeFirst(ids, source.id) ?? { id: found(known, source.id), isNew: false })
    },
  }
}

/** The new ids by source id. Inserted in the order of source ids, so that two overlapping calls never lock crosswise. */
async function insertMissing(tx: Transaction, batch: NewRecords, actor: string): Promise<Map<string, RecordId>> {
  const bySourceId = new Map(batch.records.toReversed().map((record) => [record.source.id, record]))
  const rows = [...bySourceId.values()].toSorted((a, b) => (a.source.id < b.source.id ? -1 : 1))
  const inserted = await sql<{ id: RecordId; source_id: string }>`
    insert into record (id, convention, schema_id, schema_version, source, metadata, published_at, published_by)
    select id, ${batch.convention}, ${batch.schema.id}, ${batch.schema.version}, source::jsonb, metadata::jsonb, now(), ${actor}
    from unnest(
      ${rows.map(() => randomUUIDv7())}::uuid[],
      ${rows.map(({ source }) => JSON.stringify(source))}::text[],
      ${rows.map(({ metadata }) => JSON.stringify(metadata))}::text[]
    ) as incoming (id, source, metadata)
    on conflict (convention, (source ->> 'type'), (source ->> 'id')) do nothing
    returning id, source ->> 'id' as source_id`.execute(tx.kysely)
  return new Map(inserted.rows.map((row) => [row.source_id, row.id]))
}

async function findExisting(tx: Transaction, batch: NewRecords, fresh: Map<string, RecordId>): Promise<Map<string, RecordId>> {
  const wanted = batch.records.map(({ source }) => source.id).filter((id) => !fresh.has(id))
  const existing = await sql<{ id: RecordId; source_id: string }>`
    select id, source ->> 'id' as source_id
    from record
    where convention = ${batch.convention} and source ->> 'type' = ${batch.sourceType} and source ->> 'id' = any(${wanted}::text[])`.execute(
    tx.kysely,
  )
  return new Map([...fresh, ...existing.rows.map((row) => [row.source_id, row.id] as const)])
}

/** The first record of a source in a call is the new one; the same source again in that call is its duplicate. */
function takeFirst(ids: Map<string, RecordId>, sourceId: string): InsertedRecord | undefined {
  const id = ids.get(sourceId)
  ids.delete(sourceId)
  return id === undefined ? undefined : { id, isNew: true }
}

function found(ids: Map<string, RecordId>, sourceId: string): RecordId {
  const id = ids.get(sourceId)
  if (id === undefined) throw new Error(`the record of source ${sourceId} was neither inserted nor found`)
  return id
}
