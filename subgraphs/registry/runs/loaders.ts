import type { ReasonsWanted, ResultFilter, RunFilter, RunResult, RunView } from '@strata/domain/run'
import DataLoader from 'dataloader'
import { loadTogether, type PageLoader } from '../../server/loaders.ts'
import type { RunServices } from './services.ts'

export function runLoaders(runs: ReturnType<RunServices['viewsFor']>) {
  const runPage: PageLoader<RunFilter, string, RunView> = loadTogether((listings) => runs.runPages(listings))
  const resultPage: PageLoader<ResultFilter, number, RunResult> = loadTogether((listings) => runs.resultPages(listings))
  return {
    run: new DataLoader((ids: readonly string[]) => runs.runs(ids)),
    runAttempts: new DataLoader((ids: readonly string[]) => runs.attemptsOf(ids)),
    runPage,
    runCount: loadTogether((filters: readonly RunFilter[]) => runs.runCounts(filters)),
    resultPage,
    resultCount: loadTogether((filters: readonly ResultFilter[]) => runs.resultCounts(filters)),
    reasons: loadTogether((wanted: readonly ReasonsWanted[]) => runs.reasons(wanted)),
  }
}
