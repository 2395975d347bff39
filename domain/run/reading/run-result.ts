import type { RecordId } from '@strata/domain/record'
import type { Listing, Page } from '@strata/domain/shared'
import type { OutcomeStatus } from '../result/outcomes.ts'

/** MISSING is a record of which the run has kept no outcome: it has not ended, or the machinery failed, or it was made for comparison. */
export type ResultStatus = OutcomeStatus | 'MISSING'

/** What a run made of one of its records. */
export interface RunResult {
  /** Its place in the batch, from 1 on. */
  readonly position: number
  /** Absent while it is not published. */
  readonly record?: RecordId
  readonly status: ResultStatus
  readonly reason?: string
  readonly rowCount: number
}

/** How many records of a run were rejected or errored for one reason, and the first published one of them. */
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

/** Port: what runs made of their records, in the order of the batch. It says everything; `runViews` decides who may read what of it. */
export interface RunResults {
  pages(listings: readonly Listing<ResultFilter, number>[]): Promise<readonly Page<RunResult>[]>
  counts(filters: readonly ResultFilter[]): Promise<readonly number[]>
  /** The most frequent first. */
  reasons(wanted: readonly ReasonsWanted[]): Promise<readonly (readonly ReasonCount[])[]>
}
