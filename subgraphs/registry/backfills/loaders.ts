import type { Backfill, BackfillProgress } from '@strata/domain/run'
import DataLoader from 'dataloader'
import type { BackfillServices } from './services.ts'

export function backfillLoaders(backfills: BackfillServices) {
  return {
    backfill: new DataLoader((ids: readonly string[]) => backfills.backfills(ids)),
    backfillProgress: new DataLoader<Backfill, BackfillProgress, string>((some) => backfills.progress(some), {
      cacheKeyFn: ({ id }) => id,
    }),
  }
}
