import { usualBudget } from '@strata/domain/provenance'
import type { Resolvers } from '../generated/types.ts'

export const provenanceResolvers: Resolvers = {
  Query: {
    provenance: (_, { of, direction, maxNodes, asOf }, { services }) =>
      services.provenance.draw({
        of,
        direction: direction ?? 'BOTH',
        maxNodes: maxNodes ?? usualBudget,
        ...(asOf == null ? {} : { asOf }),
      }),
  },
}
