import type { Citation } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import DataLoader from 'dataloader'
import type { CitationServices } from './services.ts'

export function citationLoaders(citations: CitationServices) {
  return {
    record: new DataLoader((ids: readonly RecordId[]) => citations.records(ids)),
    momentOfDataset: new DataLoader((slugs: readonly string[]) => citations.momentsOf(slugs)),
    releasesOfCitation: new DataLoader<Citation, readonly string[], string>((some) => citations.releasesOf(some), {
      cacheKeyFn: ({ id }) => id,
    }),
  }
}
