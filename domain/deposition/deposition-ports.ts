import type { Convention, Schema } from '@strata/domain/convention'
import type { CandidateId, PublishInput, PublishResult, RecordFileStore } from '@strata/domain/record'
import type { JsonObject, Outbox, Slug } from '@strata/domain/shared'
import type { Deposition, DepositionFile, DepositionId } from './deposition.ts'
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
  rulesOf(convention: Slug): Promise<DepositRules | undefined>
}

interface NewDeposition {
  readonly convention: Slug
  readonly owner: string
  readonly metadata: JsonObject
}

/** The convention's current requirements for a deposition. */
export interface DepositRules {
  readonly convention: Convention
  readonly schema: Schema
}
