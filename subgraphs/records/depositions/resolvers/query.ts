import { depositionIdOf, isDepositionId, maySee, sightOf, type Deposition, type DepositionId } from '@strata/domain/deposition'
import { encodeCursor, parsePage } from '../../../server/connection.ts'
import type { SubgraphContext } from '../../../server/context.ts'
import type { QueryResolvers } from '../../generated/types.ts'

export const depositionQuery: Pick<QueryResolvers, 'deposition' | 'depositions'> = {
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

/** A caller does not learn whether a deposition exists that they may not see. */
export async function visibleDeposition(id: DepositionId, { loaders, principal }: SubgraphContext): Promise<Deposition | null> {
  const deposition = await loaders.deposition.load(id)
  return deposition !== undefined && maySee(principal, deposition) ? deposition : null
}
