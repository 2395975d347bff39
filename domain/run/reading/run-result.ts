import type { RecordId } from '@strata/domain/record'
import type { Listing, Page } from '@strata/domain/shared'
import type { OutcomeStatus } from '../result/outcomes.ts'

/** MISSING: the run has stored no outcome for the record, because it has not ended, the machinery failed, or it is a reproduction. */
export type ResultStatus = OutcomeStatus | 'MISSING'

/** The result of a run for one of its records. */
export interface RunResult {
  /** Its position in the batch, from 1. */
  readonly position: number
  /** Absent while it is not published. */
  readonly record?: RecordId
  readonly status: ResultStatus
  readonly reason?: string
  readonly rowCount: number
}

/** The number of a run's records that were rejected or errored for one reason, with the first published one. */
export interface ReasonCount {
  readonly status: 'REJECTED' | 'ERRORED'
  readonly reason: string
  readonly count: number
  readonly example?: RecordId
}

export interface ResultFilter {
  readonly run: string
  readonly status?: ResultStatus
}

export interface ReasonsWanted {
  readonly run: string
  readonly first: number
}

/** Port: reads the results of runs, in the order of the batch, without an access check. `runViews` decides what a caller may read. */
export interface RunResults {
  pages(listings: readonly Listing<ResultFilter, number>[]): Promise<readonly Page<RunResult>[]>
  counts(filters: readonly ResultFilter[]): Promise<readonly number[]>
  /** Most frequent first. */
  reasons(wanted: readonly ReasonsWanted[]): Promise<readonly (readonly ReasonCount[])[]>
}
