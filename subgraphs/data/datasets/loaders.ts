import DataLoader from 'dataloader'
import type { DatasetServices } from './services.ts'

export function datasetLoaders(datasets: DatasetServices) {
  return { convention: new DataLoader((slugs: readonly string[]) => datasets.conventions(slugs)) }
}
