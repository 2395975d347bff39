import type { PublishedRecord, RecordFilter, RecordId } from '@strata/domain/record'
import DataLoader from 'dataloader'
import { loadTogether, type PageLoader } from '../../server/loaders.ts'
import { recordNameLoaders } from '../../server/record-name.ts'
import type { RecordServices } from './services.ts'

export function recordLoaders(records: RecordServices) {
  const recordPage: PageLoader<RecordFilter, RecordId, PublishedRecord> = loadTogether((listings) => records.recordPages(listings))
  return {
    ...recordNameLoaders(records),
    versionsOfRecord: new DataLoader((identities: readonly RecordId[]) => records.versionsOf(identities)),
    withdrawal: new DataLoader((identities: readonly RecordId[]) => records.withdrawalsOf(identities)),
    originalOf: new DataLoader((forks: readonly RecordId[]) => records.originals(forks)),
    record: new DataLoader((ids: readonly RecordId[]) => records.records(ids)),
    recordPage,
    recordCount: loadTogether((filters: readonly RecordFilter[]) => records.recordCounts(filters)),
  }
}
