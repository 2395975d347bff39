import type { FeatureSpec, HookRelease, RuntimeConfig } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { BatchPriority, Origin } from './batch.ts'
import type { HookRun, RunAttempt } from '../hook-run.ts'
import type { UnreadyRuntimes } from './queue-runs.ts'
import type { RunObservation } from '../program/runner.ts'

/** The right to work on a run. A worker that takes the run over gets another token, and this one is refused from then on. */
export interface Lease {
  readonly run: string
  readonly token: string
}

/** The lease is somebody else's by now: whatever was done under it is void, and nothing has to be cleaned up in its name. */
export class LeaseLost extends Error {
  constructor(run: string) {
    super(`The lease on run ${run} was lost.`)
    this.name = 'LeaseLost'
  }
}

/** Port: who works on which run. Each method is a transaction of its own. */
export interface RunLeases {
  /** The run whose turn it is among those that wait for a worker. */
  next(o: NextRun): Promise<WaitingRun | undefined>
  /** Of several that take a run at once, one gets it. */
  take(run: string, worker: string, seconds: number): Promise<TakenRun | undefined>
  /** Holds on to the lease, and says whether somebody wants the run to end. */
  extend(lease: Lease, seconds: number): Promise<'held' | 'cancelled' | 'lost'>
  /** Puts the run back unfinished, for the next worker. */
  giveBack(lease: Lease): Promise<void>
  startAttempt(lease: Lease, attempt: RunAttempt): Promise<void>
  endAttempt(lease: Lease, number: number, observed: RunObservation): Promise<void>
  /** The attempts of a run as they stand in its record, oldest first. */
  attempts(run: string): Promise<readonly RunAttempt[]>
}

/**
 * What somebody waits for goes first. Then conventions take turns: one with fewer runs under way goes before one with more, however many of
 * its runs wait; within a convention it goes by priority and age.
 */
export interface NextRun {
  readonly except: UnreadyRuntimes
  /** Runs that this worker has chosen and not taken yet: they count as under way. */
  readonly chosen: readonly string[]
  /** Hooks of which this worker has as many runs as it may. */
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
  /** The first time, or after how many workers that came to nothing. */
  readonly leases: number
  readonly release: HookRelease
  readonly feature: FeatureSpec
  readonly recordIds: readonly string[]
  /** Whether these are candidates and not records yet. */
  readonly candidates: boolean
  readonly memoryBytes: number
  readonly attempts: readonly RunAttempt[]
  readonly isCancelled: boolean
  readonly origin: Origin
}
