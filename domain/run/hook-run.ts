import type { Digest, HookName, Json } from '@strata/domain/shared'
import type { RunFailure } from './attempt/failure.ts'
import type { RunCounts } from './result/outcomes.ts'
import type { AttemptReason } from './result/run-json.ts'

const runStatuses = ['QUEUED', 'RUNNING', 'PASSED', 'WARNINGS', 'FAILED', 'ERROR', 'CANCELLED'] as const
export type RunStatus = (typeof runStatuses)[number]

/** One execution of one release over one batch; every feature row points at its run. */
export interface HookRun {
  readonly id: string
  readonly batch: string
  readonly hook: HookName
  readonly releaseId: string
  readonly status: RunStatus
  readonly oomRetries: number
  readonly counts: RunCounts
  readonly inputDigest?: Digest
  readonly outputDigest?: Digest
  readonly runJson?: Json
  readonly failure?: RunFailure
  /** The run that it reproduces. Only the comparison is stored, not the results. */
  readonly reproduces?: string
  readonly actor: string
  readonly startedAt?: Date
  readonly finishedAt?: Date
}

/**
 * One try inside a run, over all or some of its records. A bisected batch stays one run: its halves are attempts, run.json lists
 * their outputs separately, and all rows are written in one transaction.
 */
export interface RunAttempt {
  readonly number: number
  readonly because: AttemptReason
  readonly records: number
  readonly memoryBytes: number
  readonly cpuMillis: number
  readonly timeoutSeconds: number
  readonly isolation: readonly string[]
  readonly startedAt: Date
  readonly finishedAt?: Date
  readonly exitCode?: number
  readonly signal?: string
  readonly failure?: RunFailure
}
