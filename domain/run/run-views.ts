import type { Principal } from '@strata/domain/identity'
import { Forbidden, NotFound, type Page, type PageRequest } from '@strata/domain/shared'
import type { HookRun, RunStatus } from './hook-run.ts'
import type { RunFilter, RunLogs, RunQueries, StandingRun } from './run-queries.ts'
import type { ReasonCount, ResultStatus, RunResult, RunResults } from './run-result.ts'
import { maySeeTexts, viewOfAttempt, viewOfRun, withheld, type AttemptView, type RunView } from './run-view.ts'

/** What one caller may read about runs. */
export interface RunViews {
  runs(ids: readonly string[]): Promise<readonly (RunView | undefined)[]>
  attemptsOf(ids: readonly string[]): Promise<readonly (readonly AttemptView[])[]>
  runPage(filter: RunFilter, page: PageRequest<string>): Promise<Page<RunView>>
  runCount(filter: RunFilter): Promise<number>
  /** What a run made of its records. Without their names and reasons for a caller who may not read the run's texts. */
  resultPage(run: string, status: ResultStatus | undefined, page: PageRequest<number>): Promise<Page<RunResult>>
  resultCount(run: string, status: ResultStatus | undefined): Promise<number>
  reasonsOf(run: string, first: number): Promise<readonly ReasonCount[]>
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

export interface RunViewPorts {
  readonly runs: RunQueries
  readonly logs: RunLogs
  readonly results: RunResults
}

/** Everything about runs that leaves the archive passes through here. */
export function runViews({ runs, logs, results }: RunViewPorts, principal: Principal): RunViews {
  const view = ({ run, standing }: StandingRun) => viewOfRun(principal, run, standing)
  async function find(id: string): Promise<StandingRun & { readonly isReadable: boolean }> {
    const [found] = await runs.runs([id])
    if (found === undefined) throw new NotFound(`There is no run "${id.slice(0, 80)}".`, 'id')
    return { ...found, isReadable: maySeeTexts(principal, found.standing) }
  }
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

    async resultPage(id, status, page) {
      const { run, isReadable } = await find(id)
      const found = await results.page(id, status, page)
      const whyMissing = run.reproduces === undefined ? run.failure?.message : 'This run was made for comparison. What it found is not kept.'
      const explained = found.items.map((one) => (one.status === 'MISSING' && whyMissing !== undefined ? { ...one, reason: whyMissing } : one))
      return { ...found, items: isReadable ? explained : explained.map(withoutReason) }
    },

    resultCount: (run, status) => results.count(run, status),

    async reasonsOf(id, first) {
      const { run, isReadable } = await find(id)
      return isReadable ? results.reasons(id, first) : withheldReasons(run).slice(0, first)
    },

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

/** Neither what the hook said nor which record it was. */
function withoutReason({ position, status, rowCount, reason }: RunResult): RunResult {
  return { position, status, rowCount, ...(reason === undefined ? {} : { reason: withheld }) }
}

/** The run's counts are for everyone to read. */
function withheldReasons({ counts }: HookRun): readonly ReasonCount[] {
  const both = [{ status: 'REJECTED', reason: withheld, count: counts.rejected }, { status: 'ERRORED', reason: withheld, count: counts.errored }] as const
  return both.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
}
