import type { Reproduction } from '@strata/domain/run'
import DataLoader from 'dataloader'
import { loadTogether, type PageLoader } from '../../server/loaders.ts'
import type { ReproductionServices } from './services.ts'

export function reproductionLoaders(reproductions: ReproductionServices) {
  const reproductionPage: PageLoader<string, string, Reproduction> = loadTogether((listings) => reproductions.reproductionPages(listings))
  return {
    reproductionPage,
    reproductionCount: new DataLoader((runs: readonly string[]) => reproductions.reproductionCounts(runs)),
  }
}
