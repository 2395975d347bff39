import type { HookName, Listing, Page, Slug } from '@strata/domain/shared'
import type { HookRun, RunAttempt, RunStatus } from '../hook-run.ts'
import type { RunStanding } from './run-view.ts'

export interface RunFilter {
  readonly hook?: string
  readonly status?: RunStatus
  readonly version?: number
  /** Made by it, or to take up errors of its runs. */
  readonly backfill?: string
}

/** A run as stored in the database. Callers see a `RunView` instead. */
export interface StandingRun {
  readonly run: HookRun
  readonly standing: RunStanding
}

interface StandingAttempts {
  readonly attempts: readonly RunAttempt[]
  readonly standing: RunStanding
}

/** Port: what is read of runs. Lists come newest first; ids sort by the time of making. */
export interface RunQueries {
  /** One answer per id, in order: one query for all of them. */
  runs(ids: readonly string[]): Promise<readonly (StandingRun | undefined)[]>
  attemptsOf(ids: readonly string[]): Promise<readonly StandingAttempts[]>
  runPages(listings: readonly Listing<RunFilter, string>[]): Promise<readonly Page<StandingRun>[]>
  runCounts(filters: readonly RunFilter[]): Promise<readonly number[]>
  /** The hooks that have runs under way, the one that has waited longest first. */
  queue(first: number): Promise<readonly RunQueueEntry[]>
}

/** How many runs of a hook over records of a convention wait and run. */
export interface RunQueueEntry {
  readonly convention: Slug
  readonly hook: HookName
  readonly queued: number
  readonly running: number
  /** When the oldest of those that wait was made. */
  readonly waitingSince?: Date
}

/** Port: what hooks printed, over all attempts of a run; a byte has its position from the first on. */
export interface RunLogs {
  /** Of each run: whether it exists, whether its log may still grow, and who may read the log. */
  states(runs: readonly string[]): Promise<readonly (RunLogState | undefined)[]>
  /** Some bytes from this position on; none when there are no more for now. */
  read(run: string, from: number): Promise<Uint8Array>
  /** Of each run, the last lines of all its attempts, oldest first; undefined when nothing was kept. */
  tails(wanted: readonly LogTail[]): Promise<readonly (string | undefined)[]>
}

export interface LogTail {
  readonly run: string
  readonly lines: number
}

export interface RunLogState extends RunStanding {
  readonly status: RunStatus
}
