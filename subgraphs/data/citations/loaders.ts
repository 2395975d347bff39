import type { Citation, CitationChange } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import DataLoader from 'dataloader'
import type { ChangesAsked, CitationServices } from './services.ts'

export function citationLoaders(citations: CitationServices) {
  return {
    record: new DataLoader((ids: readonly RecordId[]) => citations.records(ids)),
    momentOfDataset: new DataLoader((slugs: readonly string[]) => citations.momentsOf(slugs)),
    citationChanges: new DataLoader<ChangesAsked, readonly CitationChange[], string>((asked) => citations.changesOf(asked), {
      cacheKeyFn: ({ citation, first }) => `${first} ${citation.id}`,
    }),
    citationChangeCount: new DataLoader<Citation, number, string>((some) => citations.changeCounts(some), { cacheKeyFn: ({ id }) => id }),
    releasesOfCitation: new DataLoader<Citation, readonly string[], string>((some) => citations.releasesOf(some), {
      cacheKeyFn: ({ id }) => id,
    }),
  }
}
