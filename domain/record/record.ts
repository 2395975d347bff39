import { formatSrn, srnParts, type JsonObject, type Slug, type Srn } from '@strata/domain/shared'
import type { SchemaRef } from '@strata/domain/convention'
import type { RecordSource } from './record-source.ts'

/** One published, immutable item. Source-agnostic: nothing else depends on which pathway it came by. */
export interface PublishedRecord {
  readonly id: RecordId
  readonly convention: Slug
  readonly schema: SchemaRef
  readonly source: RecordSource
  readonly metadata: JsonObject
  readonly publishedAt: Date
}

/** A UUID (version 7, so ids sort by the time of publishing; of what was validated first, by when that began). */
export type RecordId = string & { readonly [recordId]: true }
declare const recordId: unique symbol

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isRecordId(text: string): text is RecordId {
  return uuid.test(text)
}

export function recordSrn(domain: string, id: RecordId): Srn {
  return formatSrn({ domain, type: 'rec', id, version: 1 })
}

/** The record that an SRN names on the node of `domain`, if it can name one at all. */
export function recordIdOf(srn: Srn, domain: string): RecordId | undefined {
  const parts = srnParts(srn)
  const here = parts.domain === domain && parts.type === 'rec' && (parts.version ?? 1) === 1
  return here && isRecordId(parts.id) ? parts.id : undefined
}
