import { maySee, type Deposition, type DepositionId } from '@strata/domain/deposition'
import type { Context } from '../../context.ts'

/** A caller does not learn whether a deposition exists that they may not see. */
export async function visibleDeposition(id: DepositionId, { loaders, principal }: Context): Promise<Deposition | null> {
  const deposition = await loaders.deposition.load(id)
  return deposition !== undefined && maySee(principal, deposition) ? deposition : null
}
