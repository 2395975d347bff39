import type { FeatureSpec, memoryBytes } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { BatchPriority, Origin } from '../batch/batch.ts'
import type { Lease } from '../batch/run-lease.ts'
import type { Outcome } from './outcomes.ts'
import type { ExpectedRun } from './parse-run-json.ts'
import type { RunJson } from './run-json.ts'

/** A run as the archive itself knows it: what its run.json is held against. */
export interface HeldRun {
  readonly id: string
  readonly hook: HookName
  readonly convention: Slug
  readonly priority: BatchPriority
  readonly feature: FeatureSpec
  /** Whether it is over candidates. */
  readonly candidates: boolean
  /** How often errors of these records were taken up before. */
  readonly round: number
  readonly origin: Origin
  readonly expected: Omit<ExpectedRun, 'inputDigest'>
  readonly limits: Parameters<typeof memoryBytes>[0]
  readonly isYanked: boolean
  /** Somebody wanted it to end; what it found counts nevertheless, but nothing is begun because of it. */
  readonly isCancelled: boolean
  /** The run that it does again for comparison. */
  readonly reproduces: string | undefined
}

export interface SettledRecord {
  readonly id: string
  readonly outcome: Outcome
  readonly rows: number
}

export interface FinishInput {
  readonly lease: Lease
  /** The text of the run.json beside the output; where rows come from is read from here alone. */
  readonly runJson: string
  readonly inputDigest: RunJson['inputDigest']
  readonly outcomes: readonly SettledRecord[]
  /** Files of rows, in the order of the attempts. */
  readonly staged: readonly string[]
}
