import type { ProvenanceKind } from '@strata/domain/provenance'
import { sql, type RawBuilder } from 'kysely'

const uuids = new Set<ProvenanceKind>(['RECORD', 'SOURCE', 'RUN', 'RELEASE', 'POINTER_EVENT', 'FEATURE_SET'])

/** Keys as a parameter of the column's type, so that PostgreSQL can use its index. */
export function keyArray(kind: ProvenanceKind, keys: readonly string[]): RawBuilder<unknown> {
  return uuids.has(kind) ? sql`${keys}::uuid[]` : sql`${keys}::text[]`
}

/** An order that does not depend on the database's collation. */
export function keyColumn(kind: ProvenanceKind, column: RawBuilder<unknown>): RawBuilder<unknown> {
  return uuids.has(kind) ? column : sql`${column} collate "C"`
}

/** Newest first if keys sort by time, otherwise by name. */
export function keyOrder(kind: ProvenanceKind): RawBuilder<unknown> {
  return uuids.has(kind) ? sql`desc` : sql`asc`
}
