import type { FeatureSpec, memoryBytes } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { BatchPriority, Origin } from '../batch/batch.ts'
import type { Lease } from '../batch/run-lease.ts'
import type { Outcome } from './outcomes.ts'
import type { ExpectedRun } from './parse-run-json.ts'
import type { RunJson } from './run-json.ts'

/** A run as stored in the archive, which its run.json is checked against. */
export interface HeldRun {
  readonly id: string
  readonly hook: HookName
  readonly convention: Slug
  readonly priority: BatchPriority
  readonly feature: FeatureSpec
  /** Whether its records are candidates. */
  readonly candidates: boolean
  /** How often errors of these records have been retried. */
  readonly round: number
  readonly origin: Origin
  readonly expected: Omit<ExpectedRun, 'inputDigest'>
  readonly limits: Parameters<typeof memoryBytes>[0]
  readonly isYanked: boolean
  /** The run was cancelled. Its results still count, but no follow-up work starts. */
  readonly isCancelled: boolean
  /** The run that it reproduces. */
  readonly reproduces: string | undefined
}

export interface SettledRecord {
  readonly id: string
  readonly outcome: Outcome
  readonly rows: number
}

export interface FinishInput {
  readonly lease: Lease
  /** The text of run.json, the only source of the rows' provenance. */
  readonly runJson: string
  readonly inputDigest: RunJson['inputDigest']
  readonly outcomes: readonly SettledRecord[]
  /** Files of rows, in the order of the attempts. */
  readonly staged: readonly string[]
}
