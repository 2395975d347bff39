import type { ProvenanceKind } from '@strata/domain/provenance'
import { sql, type RawBuilder } from 'kysely'

const uuids = new Set<ProvenanceKind>(['RECORD', 'SOURCE', 'RUN', 'RELEASE', 'POINTER_EVENT', 'FEATURE_SET'])

/** Keys of a kind as a parameter of the type that its columns have, so that their indexes serve. */
export function keyArray(kind: ProvenanceKind, keys: readonly string[]): RawBuilder<unknown> {
  return uuids.has(kind) ? sql`${keys}::uuid[]` : sql`${keys}::text[]`
}

/** An order that is the same whatever the database's collation. */
export function keyColumn(kind: ProvenanceKind, column: RawBuilder<unknown>): RawBuilder<unknown> {
  return uuids.has(kind) ? column : sql`${column} collate "C"`
}

/** Newest first where a key tells its time, else by name. */
export function keyOrder(kind: ProvenanceKind): RawBuilder<unknown> {
  return uuids.has(kind) ? sql`desc` : sql`asc`
}
