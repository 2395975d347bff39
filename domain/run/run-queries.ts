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

/** Port: what hooks printed. */
export interface RunLogs {
  /** The last lines of all attempts, oldest first; undefined when nothing was kept. */
  tail(run: string, lines: number): Promise<string | undefined>
}
