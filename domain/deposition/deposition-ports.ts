import type { Convention, Schema } from '@strata/domain/convention'
import type {
  CandidateId,
  NewestVersion,
  PublishInput,
  PublishResult,
  RecordFileStore,
  RecordId,
  RecordSource,
} from '@strata/domain/record'
import type { JsonObject, Outbox, Slug } from '@strata/domain/shared'
import type { Deposition, DepositionFile, DepositionId, RevisedVersion } from './deposition.ts'
import type { DepositionStatus } from './status.ts'

/** What the use cases of depositions need, within one transaction. */
export interface DepositionPorts {
  readonly depositions: DepositionRepository
  /** Uploaded files, which the sweep cannot remove before the transaction ends. */
  readonly files: Pick<RecordFileStore, 'hold'>
  /** Events that carry the actor who caused them. */
  readonly outboxOf: (actor: string) => Outbox
  /** The publishing code that all sources share. */
  readonly publish: (input: PublishInput, actor: string) => Promise<readonly PublishResult[]>
}

export interface DepositionRepository {
  insert(draft: NewDeposition): Promise<Deposition>
  /** Locks the row, then reads it. The lock lasts until the transaction ends. */
  claim(id: DepositionId): Promise<Deposition | undefined>
  /** The same, by the candidate of its submission. */
  claimCandidate(candidate: CandidateId): Promise<Deposition | undefined>
  /** Writes everything except the files, if the status is still `was`. */
  save(deposition: Deposition, was: DepositionStatus): Promise<Deposition>
  addFile(id: DepositionId, file: DepositionFile): Promise<void>
  removeFile(id: DepositionId, name: string): Promise<void>
  /** Locks the record: until the transaction ends, no version of it is published and no other draft of one begins. */
  claimRecord(identity: RecordId): Promise<RevisableRecord | undefined>
  rulesOf(convention: Slug): Promise<DepositRules | undefined>
}

interface NewDeposition {
  readonly convention: Slug
  readonly owner: string
  readonly metadata: JsonObject
  readonly revises?: RevisedVersion
  /** The draft gets the files of this version of a record. */
  readonly filesOf?: RecordId
}

/** A record and what decides whether it can be revised. */
export interface RevisableRecord {
  readonly convention: Slug
  readonly source: RecordSource
  readonly newest: NewestVersion
  /** The owner of the record's first deposition; undefined when the record has another source. */
  readonly owner: string | undefined
  /** The open draft of its next version, if there is one. */
  readonly draft: DepositionId | undefined
}

/** The convention's current requirements for a deposition. */
export interface DepositRules {
  readonly convention: Convention
  readonly schema: Schema
}
