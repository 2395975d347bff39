import type { Principal } from '@strata/domain/identity'
import { Forbidden, NotFound, type Listing, type Page } from '@strata/domain/shared'
import type { HookRun, RunStatus } from '../hook-run.ts'
import type { LogTail, RunFilter, RunLogs, RunLogState, RunQueries, StandingRun } from './run-queries.ts'
import type { ReasonCount, ReasonsWanted, ResultFilter, RunResult, RunResults } from './run-result.ts'
import { maySeeTexts, viewOfAttempt, viewOfRun, withheld, type AttemptView, type RunView } from './run-view.ts'

/** What one caller may read about runs. */
export interface RunViews {
  runs(ids: readonly string[]): Promise<readonly (RunView | undefined)[]>
  attemptsOf(ids: readonly string[]): Promise<readonly (readonly AttemptView[])[]>
  runPages(listings: readonly Listing<RunFilter, string>[]): Promise<readonly Page<RunView>[]>
  runCounts(filters: readonly RunFilter[]): Promise<readonly number[]>
  /** The results of runs, without record names and reasons for callers who may not read a run's texts. */
  resultPages(listings: readonly Listing<ResultFilter, number>[]): Promise<readonly Page<RunResult>[]>
  resultCounts(filters: readonly ResultFilter[]): Promise<readonly number[]>
  reasons(wanted: readonly ReasonsWanted[]): Promise<readonly (readonly ReasonCount[])[]>
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

export interface RunViewPorts {
  readonly runs: RunQueries
  readonly logs: RunLogs
  readonly results: RunResults
}

/** Everything about runs that leaves the archive passes through here. */
export function runViews({ runs, logs, results }: RunViewPorts, principal: Principal): RunViews {
  const mayReadLog = (state: RunLogState | undefined) => state !== undefined && maySeeTexts(principal, state)
  const view = ({ run, standing }: StandingRun) => viewOfRun(principal, run, standing)
  async function find(ids: readonly string[]): Promise<readonly (ReadableRun | undefined)[]> {
    return (await runs.runs(ids)).map((found) => found && { run: found.run, isReadable: maySeeTexts(principal, found.standing) })
  }
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

    async resultPages(listings) {
      const [found, pages] = await Promise.all([find(listings.map(({ of }) => of.run)), results.pages(listings)])
      return pages.map((page, i) => ({ ...page, items: page.items.map(resultFor(found[i])) }))
    },

    resultCounts: (filters) => results.counts(filters),

    async reasons(wanted) {
      const [found, reasons] = await Promise.all([find(wanted.map(({ run }) => run)), results.reasons(wanted)])
      return wanted.map(({ first }, i) => {
        const of = found[i]
        if (of === undefined) return []
        return of.isReadable ? (reasons[i] ?? []) : withheldReasons(of.run).slice(0, first)
      })
    },

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

interface ReadableRun {
  readonly run: HookRun
  readonly isReadable: boolean
}

/** One record's result as the caller may see it. For a record without an outcome, it says why the run has none. */
function resultFor(of: ReadableRun | undefined): (result: RunResult) => RunResult {
  if (of === undefined) return withoutReason
  const { run, isReadable } = of
  const whyMissing = run.reproduces === undefined ? run.failure?.message : 'This run is a reproduction. Its results are not stored.'
  return (one) => {
    const explained = one.status === 'MISSING' && whyMissing !== undefined ? { ...one, reason: whyMissing } : one
    return isReadable ? explained : withoutReason(explained)
  }
}

/** Hides the hook's text and the record. */
function withoutReason({ position, status, rowCount, reason }: RunResult): RunResult {
  return { position, status, rowCount, ...(reason === undefined ? {} : { reason: withheld }) }
}

/** A run's counts are public. */
function withheldReasons({ counts }: HookRun): readonly ReasonCount[] {
  const both = [
    { status: 'REJECTED', reason: withheld, count: counts.rejected },
    { status: 'ERRORED', reason: withheld, count: counts.errored },
  ] as const
  return both.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
}
