import type { SchemaVersion } from '@strata/domain/convention'
import type { KnownSources, NewestVersion, RecordId, WithdrawalKind } from '@strata/domain/record'
import type { Digest, JsonObject, SchemaId } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/**
 * The newest version of each source's record, by source id. The row of version 1 stands for the record and is what is locked, in the
 * order of source ids, so that two calls never lock crosswise. The versions are read by a later statement, so that they include what another
 * transaction committed while this one waited.
 */
export async function newestVersions(
  { kysely }: Pick<Transaction, 'kysely'>,
  { convention, type, ids }: KnownSources,
  lock: boolean,
): Promise<ReadonlyMap<string, NewestVersion>> {
  const ofSources = sql`convention = ${convention} and source ->> 'type' = ${type} and source ->> 'id' = any(${ids}::text[]) and version = 1`
  if (lock) await sql`select from record where ${ofSources} order by source ->> 'id' for update`.execute(kysely)
  const { rows } = await sql<NewestRow>`
    select first.source ->> 'id' as source_id, newest.id, newest.identity, newest.version, newest.schema_id, newest.schema_version, newest.metadata,
      (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'digest', digest) order by position), '[]') from record_file where record_id = newest.id) as files,
      withdrawal.kind, withdrawal.reason, withdrawal.actor, withdrawal.at
    from (select id, source from record where ${ofSources}) first
    cross join lateral (select * from record where identity = first.id order by version desc limit 1) newest
    left join withdrawal on withdrawal.record = first.id and restored_at is null`.execute(kysely)
  return new Map(rows.map((row) => [row.source_id, toNewest(row)]))
}

interface NewestRow {
  readonly source_id: string
  readonly id: RecordId
  readonly identity: RecordId
  readonly version: number
  readonly schema_id: SchemaId
  readonly schema_version: SchemaVersion
  readonly metadata: JsonObject
  readonly files: readonly { readonly name: string; readonly digest: Digest }[]
  readonly kind: WithdrawalKind | null
  readonly reason: string | null
  readonly actor: string | null
  readonly at: Date | null
}

function toNewest({
  id,
  identity,
  version,
  schema_id,
  schema_version,
  metadata,
  files,
  kind,
  reason,
  actor,
  at,
}: NewestRow): NewestVersion {
  const withdrawn = kind !== null && reason !== null && actor !== null && at !== null ? { withdrawn: { kind, reason, at, by: actor } } : {}
  return { id, identity, version, schema: { id: schema_id, version: schema_version }, metadata, files, ...withdrawn }
}
