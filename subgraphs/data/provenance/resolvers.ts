import { usualBudget } from '@strata/domain/provenance'
import type { QueryResolvers } from '../generated/types.ts'

export const provenanceQuery: QueryResolvers = {
  provenance: (_, { of, direction, maxNodes, asOf }, { services }) =>
    services.provenance({
      of,
      direction: direction ?? 'BOTH',
      maxNodes: maxNodes ?? usualBudget,
      ...(asOf == null ? {} : { asOf }),
    }),
}
