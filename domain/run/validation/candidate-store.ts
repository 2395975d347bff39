import type { CandidateBatch, CandidateId } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import type { BatchPriority } from '../batch/batch.ts'
import type { HookStanding } from '../result/verdict.ts'

/** Port: what hooks look at before it is published, within the transaction. */
export interface CandidateStore {
  /** Keeps exactly what hooks are to be handed. */
  insert(batch: CandidateBatch): Promise<void>
  /** Those that somebody waits for, held until the transaction ends. */
  claim(which: WhichCandidates): Promise<readonly WaitingCandidate[]>
  /** They are not awaited any more. */
  decide(candidates: readonly CandidateId[], decision: CandidateDecision): Promise<void>
  /** The runs under way whose candidates are all decided on, among them this one; held until the transaction ends. */
  idleRuns(candidate: CandidateId): Promise<readonly string[]>
}

/** All that a run is over, all of a convention, all that a hook has looked at, or one. */
export type WhichCandidates =
  | { readonly run: string }
  | { readonly convention: string }
  | { readonly hook: string }
  | { readonly candidate: CandidateId }

export interface WaitingCandidate {
  readonly id: CandidateId
  readonly convention: Slug
  readonly priority: BatchPriority
  /** Every hook that has a run over it. */
  readonly hooks: readonly HookStanding[]
}

type CandidateDecision = 'PASSED' | 'REFUSED' | 'ABANDONED'
