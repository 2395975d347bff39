import { randomUUIDv7 } from 'node:crypto'
import { majorOf, type Schema } from '@strata/domain/convention'
import type { NewRecord, NewVersions, RecordId } from '@strata/domain/record'
import { sql, type RawBuilder } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { metadataColumns } from '../tables/metadata-columns.ts'
import { metadataTableName } from '../tables/metadata-table.ts'
import { enterCoverage, leaveCoverage } from './coverage.ts'

/**
 * The next versions of records whose first versions are locked. A version, its typed row, the counts and the end of the version
 * before are one statement: at every time exactly one of the two counts, since the absence begins when the new one is published.
 */
export async function insertVersions(
  tx: Transaction,
  { convention, schema, versions }: NewVersions,
  actor: string,
): Promise<readonly RecordId[]> {
  const rows = versions.map(({ record, replaces }) => ({ id: record.id ?? (randomUUIDv7() as RecordId), record, replaces }))
  const { names, arrays } = typedColumns(schema, rows)
  await leaveCoverage(
    tx,
    convention,
    rows.map(({ replaces }) => replaces.id),
  )
  await sql`
    with incoming as (
      select * from unnest(${sql.join([
        sql`${rows.map(({ id }) => id)}::uuid[]`,
        sql`${rows.map(({ replaces }) => replaces.identity)}::uuid[]`,
        sql`${rows.map(({ replaces }) => replaces.id)}::uuid[]`,
        sql`${rows.map(({ replaces }) => replaces.version + 1)}::int[]`,
        sql`${rows.map(({ record }) => JSON.stringify(record.source))}::jsonb[]`,
        sql`${rows.map(({ record }) => JSON.stringify(record.metadata))}::jsonb[]`,
        sql`${rows.map(({ record }) => record.note ?? null)}::text[]`,
        ...arrays,
      ])}) as incoming (${sql.join([...['_record', '_first', '_replaced', '_version', '_source', '_metadata', '_note'].map((name) => sql.id(name)), ...names])})
    ), inserted as (
      insert into record (id, first_version, version, convention, schema_id, schema_version, source, metadata, published_at, published_by, note)
      select _record, _first, _version, ${convention}, ${schema.id}, ${schema.version}, _source, _metadata, (select clock_timestamp()), ${actor}, _note
      from incoming
      returning id, published_at
    ), typed as (
      insert into ${sql.id('metadata', metadataTableName(schema))} (${sql.join([sql.id('_record'), sql.id('_convention'), ...names])})
      select ${sql.join([sql.id('_record'), sql`${convention}`, ...names])}
      from incoming
    ), replaced as (
      insert into absence (record, convention, since)
      select _replaced, ${convention}, published_at from incoming join inserted on id = _record
    )
    insert into record_count (convention, schema_id, schema_major, records)
    select ${convention}, ${schema.id}, ${majorOf(schema.version)}, count(*) from incoming
    union all
    select ${convention}, schema_id, split_part(schema_version, '.', 1)::int, -count(*)
    from incoming join record on id = _replaced
    group by schema_id, split_part(schema_version, '.', 1)`.execute(tx.kysely)
  await enterCoverage(
    tx,
    convention,
    rows.flatMap(({ id, record }) => (record.id === undefined ? [] : [id])),
  )
  return rows.map(({ id }) => id)
}

/** The columns of the schema's typed table, and the values of many records for each of them as an array. */
export function typedColumns(
  schema: Schema,
  records: readonly { readonly record: NewRecord }[],
): { readonly names: readonly RawBuilder<unknown>[]; readonly arrays: readonly RawBuilder<unknown>[] } {
  const columns = metadataColumns(schema.fields, records)
  return {
    names: columns.map(({ name }) => sql.id(name)),
    arrays: columns.map(({ type, values }) => sql`${values}::${sql.raw(type)}[]`),
  }
}
