import type { FeatureSpec, HookRelease, RuntimeConfig } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { BatchPriority, Origin } from './batch.ts'
import type { HookRun, RunAttempt } from '../hook-run.ts'
import type { UnreadyRuntimes } from './queue-runs.ts'
import type { RunObservation } from '../program/runner.ts'

/** The right to work on a run. When another worker takes over the run, it gets a new token and this one is refused. */
export interface Lease {
  readonly run: string
  readonly token: string
}

/** Another worker has the lease. The work done under it is void and needs no clean-up. */
export class LeaseLost extends Error {
  constructor(run: string) {
    super(`The lease on run ${run} was lost.`)
    this.name = 'LeaseLost'
  }
}

/** Port: the leases of runs. Each method is its own transaction. */
export interface RunLeases {
  /** The waiting run that is next in turn. */
  next(o: NextRun): Promise<WaitingRun | undefined>
  /** If several workers take the same run, one gets it. */
  take(run: string, worker: string, seconds: number): Promise<TakenRun | undefined>
  /** Extends the lease and reports whether the run was cancelled. */
  extend(lease: Lease, seconds: number): Promise<'held' | 'cancelled' | 'lost'>
  /** Puts the unfinished run back for the next worker. */
  giveBack(lease: Lease): Promise<void>
  startAttempt(lease: Lease, attempt: RunAttempt): Promise<void>
  endAttempt(lease: Lease, number: number, observed: RunObservation): Promise<void>
  /** The recorded attempts of a run, oldest first. */
  attempts(run: string): Promise<readonly RunAttempt[]>
}

/**
 * Runs that a person waits for go first. Then conventions take turns: one with fewer runs under way precedes one with more, regardless
 * of how many of its runs wait. Within a convention, the order is by priority and age.
 */
export interface NextRun {
  readonly except: UnreadyRuntimes
  /** Runs that this worker has chosen and not yet taken; they count as under way. */
  readonly chosen: readonly string[]
  /** Hooks for which this worker has as many runs as it may. */
  readonly fullHooks: readonly string[]
}

export interface WaitingRun {
  readonly run: string
  readonly convention: Slug
  readonly requestId: string | undefined
  readonly hook: HookName
  readonly runtime: RuntimeConfig
  readonly memoryBytes: number
  readonly priority: BatchPriority
}

export interface TakenRun extends HookRun {
  readonly lease: Lease
  /** How many workers have taken the run and lost it before. */
  readonly leases: number
  readonly release: HookRelease
  readonly feature: FeatureSpec
  readonly recordIds: readonly string[]
  /** Whether its records are candidates. */
  readonly candidates: boolean
  readonly memoryBytes: number
  readonly attempts: readonly RunAttempt[]
  readonly isCancelled: boolean
  readonly origin: Origin
}
