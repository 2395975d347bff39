import type { SchemaField, SchemaRef } from '@strata/domain/convention'
import type { VerifiedRecords } from '@strata/domain/verification'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { snapshot } from '../../session/snapshot.ts'
import { metadataTableName, sqlTypeOf } from '../../tables/metadata-table.ts'
import { measure, selected, type Universe } from './selection.ts'

const universe: Universe = { id: sql`record.id`, from: sql`record`, where: sql`true` }

type Page = Awaited<ReturnType<VerifiedRecords['page']>>

export function verifiedRecords(database: Pick<Database, 'kysely'>): VerifiedRecords {
  return {
    measure: (seed, sample) => measure(database, universe, seed, sample),

    page: (after, limit, selection) =>
      snapshot(database, async (kysely): Promise<Page> => {
        const { rows } = await sql<{ id: string; schema_id: SchemaRef['id']; schema_version: SchemaRef['version'] }>`
          select id, schema_id, schema_version from record
          where ${after === undefined ? sql`true` : sql`id > ${after}`} and ${selected(universe.id, selection)}
          order by id limit ${limit}`.execute(kysely)
        const bySchema = Map.groupBy(rows, ({ schema_id, schema_version }) => `${schema_id}@${schema_version}`)
        let typed: Page['typed'] = []
        for (const [first, ...others] of bySchema.values()) {
          if (first === undefined) continue
          const ids = [first, ...others].map(({ id }) => id)
          typed = typed.concat(await wrongTypedRows(kysely, { id: first.schema_id, version: first.schema_version }, ids))
        }
        const ids = rows.map(({ id }) => id)
        const files = await sql<Page['files'][number]>`
          select record_id as record, name, record_file.digest
          from record_file left join file on file.digest = record_file.digest
          where record_id = any(${ids}::uuid[]) and stored_at is null
          order by record_id, position`.execute(kysely)
        return { ids, typed, files: files.rows }
      }),
  }
}

async function wrongTypedRows(kysely: Kysely<DB>, schema: SchemaRef, ids: readonly string[]): Promise<Page['typed'][number][]> {
  const name = metadataTableName(schema)
  const table = `metadata.${name}`
  const known = await sql<{ fields: readonly SchemaField[]; exists: boolean }>`
    select fields, to_regclass(format('metadata.%I', ${name}::text)) is not null as exists
    from schema_version where id = ${schema.id} and version = ${schema.version}`.execute(kysely)
  const [found] = known.rows
  if (found?.exists !== true) return ids.map((record) => ({ record, table, isMissing: true }))
  const { rows } = await sql<{ record: string; isMissing: boolean }>`
    select record.id as record, typed._record is null as "isMissing"
    from record left join ${sql.id('metadata', name)} typed on typed._record = record.id
    where record.id = any(${ids}::uuid[]) and not (typed._record is null and is_erased('RECORD', record.id::text))
      and (typed._record is null or typed._convention <> record.convention ${sql.join(found.fields.map(differs), sql` `)})
    order by record.id`.execute(kysely)
  return rows.map(({ record, isMissing }) => ({ record, table, isMissing }))
}

/** Whether a column's value differs from the record's metadata. */
function differs(field: SchemaField): RawBuilder<unknown> {
  const type = sqlTypeOf(field)
  const text = sql`record.metadata ->> ${field.name}::text`
  // Manipulated metadata may have any type, which must not fail the query.
  const said =
    type === 'jsonb'
      ? sql`nullif(record.metadata -> ${field.name}::text, 'null')`
      : sql`case when pg_input_is_valid(${text}, ${type}) then (${text})::${sql.raw(type)} end`
  return sql`or typed.${sql.id(field.name)} is distinct from ${said}`
}
