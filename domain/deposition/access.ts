import { actorOf, hasRole, type Caller, type Principal } from '@strata/domain/identity'
import { Forbidden, NotFound } from '@strata/domain/shared'
import type { Deposition } from './deposition.ts'

/** Which depositions somebody may see: all of them, their own, or none. */
export type Sight = { readonly of: 'ALL' } | { readonly of: 'OWN'; readonly owner: string } | { readonly of: 'NONE' }

/** Curators see every deposition, depositors their own, and other callers do not learn that there are any. */
export function sightOf(principal: Principal): Sight {
  if (principal.kind !== 'USER') return { of: 'NONE' }
  if (hasRole(principal, 'CURATOR')) return { of: 'ALL' }
  return hasRole(principal, 'DEPOSITOR') ? { of: 'OWN', owner: actorOf(principal) } : { of: 'NONE' }
}

export function maySee(principal: Principal, { owner }: Pick<Deposition, 'owner'>): boolean {
  const sight = sightOf(principal)
  return sight.of === 'ALL' || (sight.of === 'OWN' && sight.owner === owner)
}

/** That there is none and that it is somebody else's sound the same. */
export function noSuchDeposition(): NotFound {
  return new NotFound('There is no such deposition among those you may see.', 'srn')
}

/** The deposition, if the caller may know of it. */
export function requireSight(caller: Caller, deposition: Deposition | undefined): Deposition {
  if (deposition && maySee(caller, deposition)) return deposition
  throw noSuchDeposition()
}

/** Its owner may change it, and an admin; a curator reviews what others made and does not rewrite it. */
export function requireHand(caller: Caller, found: Deposition | undefined): Deposition {
  const deposition = requireSight(caller, found)
  if (deposition.owner === actorOf(caller) || hasRole(caller, 'ADMIN')) return deposition
  throw new Forbidden('Only its owner may change a deposition; a curator reviews it with reviewDeposition.', 'srn')
}
