import { isDepositionId } from '@strata/domain/deposition'
import type { DepositionSourceResolvers } from '../../generated/types.ts'
import { visibleDeposition } from './visible-deposition.ts'

export const DepositionSource: DepositionSourceResolvers = {
  deposition: ({ id }, _, context) => (isDepositionId(id) ? visibleDeposition(id, context) : null),
}
