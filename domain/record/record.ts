import { formatSrn, srnParts, type JsonObject, type Slug, type Srn } from '@strata/domain/shared'
import type { SchemaRef } from '@strata/domain/convention'
import type { RecordSource } from './record-source.ts'

/** One immutable version of a record. Source-agnostic: nothing else depends on which pathway it came by. */
export interface PublishedRecord extends RecordName {
  readonly id: RecordId
  readonly convention: Slug
  readonly schema: SchemaRef
  readonly source: RecordSource
  readonly metadata: JsonObject
  readonly publishedAt: Date
  /** What changed in this version, in a sentence. */
  readonly note?: string
}

/** What people call a version of a record: the record's id, which is that of its first version, and 1, 2, 3 … */
export interface RecordName {
  readonly identity: RecordId
  readonly version: number
}

/** Names a record; without a version, the newest one. */
export interface RecordRef {
  readonly identity: RecordId
  readonly version: number | undefined
}

/** Of one version: runs, rows and files belong to it. A UUID (version 7, so ids sort by the time of publishing; of what was validated first, by when that began). */
export type RecordId = string & { readonly [recordId]: true }
declare const recordId: unique symbol

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isRecordId(text: string): text is RecordId {
  return uuid.test(text)
}

export function recordSrn(domain: string, { identity, version }: RecordName): Srn {
  return formatSrn({ domain, type: 'rec', id: identity, version })
}

/** The record that an SRN names on the node of `domain`, if it can name one at all. */
export function recordRefOf(srn: Srn, domain: string): RecordRef | undefined {
  const { domain: ofDomain, type, id, version } = srnParts(srn)
  return ofDomain === domain && type === 'rec' && isRecordId(id) ? { identity: id, version } : undefined
}

/** Port: between the names that people use and the ids of versions. One answer each, in order: one query for all of them. */
export interface RecordNames {
  idsOf(refs: readonly RecordRef[]): Promise<readonly (RecordId | undefined)[]>
  namesOf(ids: readonly RecordId[]): Promise<readonly (RecordName | undefined)[]>
}
