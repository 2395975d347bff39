import type { Page, PageRequest } from '@strata/domain/shared'
import type { HookRun, RunAttempt, RunStatus } from './hook-run.ts'

export interface RunFilter {
  readonly hook?: string
  readonly status?: RunStatus
  readonly version?: number
  /** Made by it, or to take up errors of its runs. */
  readonly backfill?: string
}

/** Port: what is read of runs. Lists come newest first; ids sort by the time of making. */
export interface RunQueries {
  /** One answer per id, in order: one query for all of them. */
  runs(ids: readonly string[]): Promise<readonly (HookRun | undefined)[]>
  attemptsOf(ids: readonly string[]): Promise<readonly (readonly RunAttempt[])[]>
  runPage(filter: RunFilter, page: PageRequest<string>): Promise<Page<HookRun>>
  runCount(filter: RunFilter): Promise<number>
}

/** Port: what hooks printed, over all attempts of a run; a byte has its position from the first on. */
export interface RunLogs {
  /** Whether there is such a run, whether more may come, and whether everybody may read what it printed. */
  state(run: string): Promise<RunLogState | undefined>
  /** Some bytes from this position on; none when there are no more for now. */
  read(run: string, from: number): Promise<Uint8Array>
  /** The last lines of all attempts, oldest first; undefined when nothing was kept. */
  tail(run: string, lines: number): Promise<string | undefined>
}

export interface RunLogState {
  readonly status: RunStatus
  /** False while it is over candidates that are no records: hooks print what they are handed. */
  readonly isPublic: boolean
}
