import type { ReleaseStanding } from '@strata/domain/dataset'
import type { RuntimeLimits } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { Origin } from '../batch/batch.ts'
import type { Selection } from './selection.ts'

const backfillStatuses = ['RUNNING', 'FINISHED', 'CANCELLED', 'FAILED'] as const
type BackfillStatus = (typeof backfillStatuses)[number]

/** What somebody wants a hook to compute anew, by one release, among the records that were published when it was asked for. */
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
  /** How many records were to be computed, counted when it was asked for or resumed. */
  readonly expected: bigint
  /** How many of them were put into batches. */
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

/** How far the planning came: records of the convention at `position` were looked at up to `after`. */
export interface PlanningPlace {
  readonly position: number
  readonly after: string | undefined
  /** Of those, the ones that wait for their batch to be full. */
  readonly carried: readonly string[]
}

export interface BackfillProgress {
  readonly planned: bigint
  /** Computed by it. */
  readonly done: bigint
  /** Still to be computed by it, as far as is known. */
  readonly remaining: bigint
  /** Came to an error, or to nothing. */
  readonly failed: bigint
}

/** Counts of a backfill's batches; of the runs of each batch, the last one says what became of its records. */
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
