import { formatSrn, srnParts, type Digest, type Finding, type JsonObject, type Slug, type Srn } from '@strata/domain/shared'
import type { CandidateId, RecordId } from '@strata/domain/record'
import type { DepositionStatus } from './status.ts'

/** A draft that may become a record. */
export interface Deposition {
  readonly id: DepositionId
  readonly convention: Slug
  /** The actor who created it. */
  readonly owner: string
  readonly status: DepositionStatus
  /** As given so far; checked on submission. */
  readonly metadata: JsonObject
  /** In the order in which they were added. */
  readonly files: readonly DepositionFile[]
  /** Why it came back. Kept until it is submitted again. */
  readonly findings: readonly Finding[]
  /** The candidate of the current submission; undefined while its owner edits it. */
  readonly candidate?: CandidateId
  readonly record?: RecordId
  /** The version of a record that this deposition replaces when it is published; undefined for a new record. */
  readonly revises?: RevisedVersion
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface RevisedVersion {
  readonly record: RecordId
  /** Publishing is refused if this version is not the newest any more. */
  readonly version: number
  /** The record's source id, which all its versions share: the id of the deposition of version 1. */
  readonly sourceId: string
  readonly note?: string
}

export interface DepositionFile {
  readonly name: string
  readonly digest: Digest
  readonly size: bigint
  /** As the uploader declared it. */
  readonly mediaType?: string
}

/** A UUID (version 7, so ids sort by creation time). The id of the deposition of a record's first version is also the source id of the record. */
export type DepositionId = string & { readonly [depositionId]: true }
declare const depositionId: unique symbol

export function isDepositionId(text: string): text is DepositionId {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}

export function depositionSrn(domain: string, id: DepositionId): Srn {
  return formatSrn({ domain, type: 'dep', id })
}

/** The deposition id in an SRN of the node of `domain`; undefined for any other SRN. */
export function depositionIdOf(srn: Srn, domain: string): DepositionId | undefined {
  const { type, id, version, domain: where } = srnParts(srn)
  return where === domain && type === 'dep' && version === undefined && isDepositionId(id) ? id : undefined
}
