import type { FailureKind } from '../attempt/failure.ts'

/** The outcome of a run for one record. EMPTY ("none found") differs from having no outcome ("not computed"). */
export type Outcome =
  | { readonly status: 'PASSED' }
  | { readonly status: 'EMPTY' }
  | { readonly status: 'REJECTED'; readonly reason: string }
  | {
      readonly status: 'ERRORED'
      readonly reason: string
      readonly retryable: boolean
      /** What stopped the hook at this record. Absent when the hook itself reported the error or wrote an invalid row. */
      readonly kind?: FailureKind
    }

export type OutcomeStatus = Outcome['status']

export interface RunCounts {
  readonly records: number
  readonly passed: number
  readonly empty: number
  readonly rejected: number
  readonly errored: number
  readonly rows: number
}

/** FAILED is the hook's fault, ERROR the machinery's. WARNINGS: it ended, but some records errored. */
export type FinishedStatus = 'PASSED' | 'WARNINGS' | 'FAILED' | 'ERROR' | 'CANCELLED'

export function finishedStatus(counts: RunCounts, failure: { readonly kind: FailureKind } | undefined): FinishedStatus {
  if (failure !== undefined) return statusOfFailure(failure.kind)
  return counts.errored > 0 ? 'WARNINGS' : 'PASSED'
}

function statusOfFailure(kind: FailureKind): FinishedStatus {
  switch (kind) {
    case 'HOOK_EXIT':
    case 'INVALID_OUTPUT':
    case 'OOM':
    case 'TIMEOUT':
      return 'FAILED'
    case 'IMAGE_PULL':
    case 'CONFIG':
    case 'PERMISSION':
    case 'UPSTREAM':
    case 'RUNTIME':
    case 'UNKNOWN':
      return 'ERROR'
    case 'CANCELLED':
      return 'CANCELLED'
  }
}
