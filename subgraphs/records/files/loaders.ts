import type { RecordId } from '@strata/domain/record'
import DataLoader from 'dataloader'
import type { FileServices } from './services.ts'

export function fileLoaders({ queries }: FileServices) {
  return { filesOfRecord: new DataLoader((ids: readonly RecordId[]) => queries.filesOf(ids)) }
}
