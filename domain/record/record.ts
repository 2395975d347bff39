import { formatSrn, srnParts, type JsonObject, type Slug, type Srn } from '@strata/domain/shared'
import type { SchemaRef } from '@strata/domain/convention'
import type { RecordSource } from './record-source.ts'

/** A published, immutable item. Nothing else depends on its source. */
export interface PublishedRecord {
  readonly id: RecordId
  readonly convention: Slug
  readonly schema: SchemaRef
  readonly source: RecordSource
  readonly metadata: JsonObject
  readonly publishedAt: Date
}

/** A UUID (version 7), so ids sort by publish time or, for records that were validated first, by the start of validation. */
export type RecordId = string & { readonly [recordId]: true }
declare const recordId: unique symbol

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isRecordId(text: string): text is RecordId {
  return uuid.test(text)
}

export function recordSrn(domain: string, id: RecordId): Srn {
  return formatSrn({ domain, type: 'rec', id, version: 1 })
}

/** The record id in an SRN of the node of `domain`; undefined for any other SRN. */
export function recordIdOf(srn: Srn, domain: string): RecordId | undefined {
  const parts = srnParts(srn)
  const here = parts.domain === domain && parts.type === 'rec' && (parts.version ?? 1) === 1
  return here && isRecordId(parts.id) ? parts.id : undefined
}
