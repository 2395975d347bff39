import type { Digest, HookName, Json } from '@strata/domain/shared'
import type { RunFailure } from './attempt/failure.ts'
import type { RunCounts } from './result/outcomes.ts'
import type { AttemptReason } from './result/run-json.ts'

const runStatuses = ['QUEUED', 'RUNNING', 'PASSED', 'WARNINGS', 'FAILED', 'ERROR', 'CANCELLED'] as const
export type RunStatus = (typeof runStatuses)[number]

/** One execution of one release over one batch of records; what every feature row points at. */
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
  /** The run that it does again for comparison: nothing that it found is kept but how it compares. */
  readonly reproduces?: string
  readonly actor: string
  readonly startedAt?: Date
  readonly finishedAt?: Date
}

/**
 * One try inside a run, over all of its records or a part of them. A batch that is bisected stays one run: its halves
 * are attempts, their outputs are listed in its run.json one by one, and its rows come in one transaction.
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
