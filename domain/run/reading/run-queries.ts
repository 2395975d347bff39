import type { HookName, Listing, Page, Slug } from '@strata/domain/shared'
import type { HookRun, RunAttempt, RunStatus } from '../hook-run.ts'
import type { RunStanding } from './run-view.ts'

export interface RunFilter {
  readonly hook?: string
  readonly status?: RunStatus
  readonly version?: number
  /** Runs of this backfill, including those that retry errors of its runs. */
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

/** Port: reads runs. Lists are newest first; ids sort by creation time. */
export interface RunQueries {
  /** One result per id, in order, with one query. */
  runs(ids: readonly string[]): Promise<readonly (StandingRun | undefined)[]>
  attemptsOf(ids: readonly string[]): Promise<readonly StandingAttempts[]>
  runPages(listings: readonly Listing<RunFilter, string>[]): Promise<readonly Page<StandingRun>[]>
  runCounts(filters: readonly RunFilter[]): Promise<readonly number[]>
  /** Hooks with runs under way; the one that has waited longest comes first. */
  queue(first: number): Promise<readonly RunQueueEntry[]>
}

/** The number of waiting and running runs of a hook over records of a convention. */
export interface RunQueueEntry {
  readonly convention: Slug
  readonly hook: HookName
  readonly queued: number
  readonly running: number
  /** When the oldest waiting run was created. */
  readonly waitingSince?: Date
}

/** Port: reads the logs of runs. Positions are byte offsets over all attempts of a run. */
export interface RunLogs {
  /** For each run: whether it exists, whether its log may still grow, and who may read the log. */
  states(runs: readonly string[]): Promise<readonly (RunLogState | undefined)[]>
  /** Some bytes from this position; empty when there are none yet. */
  read(run: string, from: number): Promise<Uint8Array>
  /** For each run, the last lines over all its attempts, oldest first; undefined when nothing was stored. */
  tails(wanted: readonly LogTail[]): Promise<readonly (string | undefined)[]>
}

export interface LogTail {
  readonly run: string
  readonly lines: number
}

export interface RunLogState extends RunStanding {
  readonly status: RunStatus
}
