import type { Principal } from '@strata/domain/identity'
import { Forbidden, NotFound, type Listing, type Page } from '@strata/domain/shared'
import type { RunStatus } from './hook-run.ts'
import type { LogTail, RunFilter, RunLogs, RunLogState, RunQueries, StandingRun } from './run-queries.ts'
import { maySeeTexts, viewOfAttempt, viewOfRun, withheld, type AttemptView, type RunView } from './run-view.ts'

/** What one caller may read about runs. */
export interface RunViews {
  runs(ids: readonly string[]): Promise<readonly (RunView | undefined)[]>
  attemptsOf(ids: readonly string[]): Promise<readonly (readonly AttemptView[])[]>
  runPages(listings: readonly Listing<RunFilter, string>[]): Promise<readonly Page<RunView>[]>
  runCounts(filters: readonly RunFilter[]): Promise<readonly number[]>
  /** The last lines that each run printed; undefined when there are none or this caller may not read them. */
  tails(wanted: readonly LogTail[]): Promise<readonly (string | undefined)[]>
  /** The log of a run, readable from any position. A refusal when this caller may not read it. */
  openLog(run: string): Promise<OpenLog>
}

/** The query parameters that the address of a log accepts. */
export const logParameters = ['follow'] as const

/** The log of one run, for a caller who may read it. */
export interface OpenLog {
  status(): Promise<RunStatus>
  read(from: number): Promise<Uint8Array>
}

/** Everything about runs that leaves the archive passes through here. */
export function runViews({ runs, logs }: { readonly runs: RunQueries; readonly logs: RunLogs }, principal: Principal): RunViews {
  const mayReadLog = (state: RunLogState | undefined) => state !== undefined && maySeeTexts(principal, state)
  const view = ({ run, standing }: StandingRun) => viewOfRun(principal, run, standing)
  return {
    runs: async (ids) => (await runs.runs(ids)).map((found) => found && view(found)),

    async attemptsOf(ids) {
      const found = await runs.attemptsOf(ids)
      return found.map(({ attempts, standing }) => attempts.map((attempt) => viewOfAttempt(principal, attempt, standing)))
    },

    async runPages(listings) {
      const found = await runs.runPages(listings)
      return found.map((page) => ({ ...page, items: page.items.map(view) }))
    },

    runCounts: (filters) => runs.runCounts(filters),

    async tails(wanted) {
      const states = await logs.states(wanted.map(({ run }) => run))
      const open = wanted.filter((_, i) => mayReadLog(states[i]))
      const tails = new Map((await logs.tails(open)).map((tail, i) => [open[i], tail]))
      return wanted.map((one) => tails.get(one))
    },

    async openLog(run) {
      const [state] = await logs.states([run])
      if (state === undefined) throw new NotFound(`There is no run "${run.slice(0, 80)}".`, 'id')
      if (!mayReadLog(state)) throw new Forbidden(withheld, 'id')
      return { status: async () => (await logs.states([run]))[0]?.status ?? 'ERROR', read: (from) => logs.read(run, from) }
    },
  }
}
