import type { Principal } from '@strata/domain/identity'
import { Forbidden, NotFound, type Page, type PageRequest } from '@strata/domain/shared'
import type { RunStatus } from './hook-run.ts'
import type { RunFilter, RunLogs, RunQueries, StandingRun } from './run-queries.ts'
import { maySeeTexts, viewOfAttempt, viewOfRun, withheld, type AttemptView, type RunView } from './run-view.ts'

/** What one caller may read about runs. */
export interface RunViews {
  runs(ids: readonly string[]): Promise<readonly (RunView | undefined)[]>
  attemptsOf(ids: readonly string[]): Promise<readonly (readonly AttemptView[])[]>
  runPage(filter: RunFilter, page: PageRequest<string>): Promise<Page<RunView>>
  runCount(filter: RunFilter): Promise<number>
  /** The last lines that a run printed; undefined when there are none or this caller may not read them. */
  tail(run: string, lines: number): Promise<string | undefined>
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
  const view = ({ run, standing }: StandingRun) => viewOfRun(principal, run, standing)
  return {
    runs: async (ids) => (await runs.runs(ids)).map((found) => found && view(found)),

    async attemptsOf(ids) {
      const found = await runs.attemptsOf(ids)
      return found.map(({ attempts, standing }) => attempts.map((attempt) => viewOfAttempt(principal, attempt, standing)))
    },

    async runPage(filter, page) {
      const found = await runs.runPage(filter, page)
      return { ...found, items: found.items.map(view) }
    },

    runCount: (filter) => runs.runCount(filter),

    async tail(run, lines) {
      const state = await logs.state(run)
      return state !== undefined && maySeeTexts(principal, state) ? logs.tail(run, lines) : undefined
    },

    async openLog(run) {
      const state = await logs.state(run)
      if (state === undefined) throw new NotFound(`There is no run "${run.slice(0, 80)}".`, 'id')
      if (!maySeeTexts(principal, state)) throw new Forbidden(withheld, 'id')
      return { status: async () => (await logs.state(run))?.status ?? 'ERROR', read: (from) => logs.read(run, from) }
    },
  }
}
