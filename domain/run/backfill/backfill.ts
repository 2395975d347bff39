import type { ReleaseStanding } from '@strata/domain/dataset'
import type { RuntimeLimits } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { Origin } from '../batch/batch.ts'
import type { Selection } from './selection.ts'

const backfillStatuses = ['RUNNING', 'FINISHED', 'CANCELLED', 'FAILED'] as const
type BackfillStatus = (typeof backfillStatuses)[number]

/** A request to compute a hook's results with one release, for records that were published when it was requested. */
export interface Backfill extends Selection {
  readonly id: string
  readonly hook: HookName
  readonly releaseId: string
  readonly conventions: readonly Slug[]
  readonly limit?: number
  readonly status: BackfillStatus
  /** Why it was cancelled, or how many of its records were not computed. */
  readonly statusReason?: string
  readonly actor: string
  readonly askedAt: Date
  readonly finishedAt?: Date
  /** The number of records to compute, counted when it was requested or resumed. */
  readonly expected: bigint
  /** The number of records put into batches. */
  readonly planned: bigint
  readonly isPlanned: boolean
}

/** A backfill whose row is locked, and what planning needs to know. */
export interface HeldBackfill extends Backfill {
  readonly place: PlanningPlace
  readonly releases: readonly ReleaseStanding[]
  readonly limits: RuntimeLimits
  readonly origin: Origin
  readonly batchesUnderWay: number
  /** Some of its runs were cancelled and have not ended yet. */
  readonly isStopping: boolean
}

/** How far planning has come: the records of the convention at `position` up to `after` were looked at. */
export interface PlanningPlace {
  readonly position: number
  readonly after: string | undefined
  /** Records that wait until their batch is full. */
  readonly carried: readonly string[]
}

export interface BackfillProgress {
  readonly planned: bigint
  /** Computed. */
  readonly done: bigint
  /** Still to be computed, as far as known. */
  readonly remaining: bigint
  /** Ended as an error or without a result. */
  readonly failed: bigint
}

/** Counts over a backfill's batches. The last run of each batch decides the outcome of its records. */
export interface BackfillCounts {
  readonly done: bigint
  readonly underWay: bigint
}

export function progressOf({ status, expected, planned, isPlanned }: Backfill, { done, underWay }: BackfillCounts): BackfillProgress {
  const failed = atLeastNone(planned - done - underWay)
  const isSettled = isPlanned && status !== 'CANCELLED'
  return { planned, done, failed, remaining: isSettled ? underWay : atLeastNone(expected - done - failed) }
}

function atLeastNone(count: bigint): bigint {
  return count < 0n ? 0n : count
}
