import type { DepositionId } from '@strata/domain/deposition'
import DataLoader from 'dataloader'
import type { DepositionServices } from './services.ts'

export function depositionLoaders(depositions: DepositionServices) {
  return { deposition: new DataLoader((ids: readonly DepositionId[]) => depositions.depositions(ids)) }
}
