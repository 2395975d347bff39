import { depositionIdOf, isDepositionId, sightOf } from '@strata/domain/deposition'
import { encodeCursor, parsePage } from '../../../server/connection.ts'
import type { QueryResolvers } from '../../generated/types.ts'
import { visibleDeposition } from './visible-deposition.ts'

export const Query: QueryResolvers = {
  deposition: (_, { srn }, context) => {
    const id = depositionIdOf(srn, context.domain)
    return id === undefined ? null : visibleDeposition(id, context)
  },

  depositions: async (_, { status, ...page }, { services, principal }) => {
    const filter = { sight: sightOf(principal), ...(status == null ? {} : { status }) }
    return {
      page: await services.depositions.depositionPage(filter, parsePage(page, isDepositionId)),
      cursorOf: (deposition) => encodeCursor(deposition.id),
      count: () => services.depositions.depositionCount(filter),
    }
  },
}
