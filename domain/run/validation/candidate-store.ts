import type { CandidateBatch, CandidateId } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import type { BatchPriority } from '../batch/batch.ts'
import type { HookStanding } from '../result/verdict.ts'

/** Port: candidates, within the transaction. */
export interface CandidateStore {
  /** Stores exactly the input of the hooks. */
  insert(batch: CandidateBatch): Promise<void>
  /** Undecided candidates, locked until the transaction ends. */
  claim(which: WhichCandidates): Promise<readonly WaitingCandidate[]>
  /** Marks candidates as decided. */
  decide(candidates: readonly CandidateId[], decision: CandidateDecision): Promise<void>
  /** The runs under way that include this candidate and whose candidates are all decided, locked until the transaction ends. */
  idleRuns(candidate: CandidateId): Promise<readonly string[]>
}

/** The candidates of a run, of a convention, those that a hook has run on, or a single one. */
export type WhichCandidates =
  | { readonly run: string }
  | { readonly convention: string }
  | { readonly hook: string }
  | { readonly candidate: CandidateId }

export interface WaitingCandidate {
  readonly id: CandidateId
  readonly convention: Slug
  readonly priority: BatchPriority
  /** Every hook with a run over it. */
  readonly hooks: readonly HookStanding[]
}

type CandidateDecision = 'PASSED' | 'REFUSED' | 'ABANDONED'
