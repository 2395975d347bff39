import { actorOf, hasRole, type Caller, type Principal } from '@strata/domain/identity'
import { Forbidden, NotFound } from '@strata/domain/shared'
import type { Deposition } from './deposition.ts'

/** The depositions that a caller may see: all, their own, or none. */
export type Sight = { readonly of: 'ALL' } | { readonly of: 'OWN'; readonly owner: string } | { readonly of: 'NONE' }

/** Curators see every deposition, depositors their own, and other callers none. */
export function sightOf(principal: Principal): Sight {
  if (principal.kind !== 'USER') return { of: 'NONE' }
  if (hasRole(principal, 'CURATOR')) return { of: 'ALL' }
  return hasRole(principal, 'DEPOSITOR') ? { of: 'OWN', owner: actorOf(principal) } : { of: 'NONE' }
}

export function maySee(principal: Principal, { owner }: Pick<Deposition, 'owner'>): boolean {
  const sight = sightOf(principal)
  return sight.of === 'ALL' || (sight.of === 'OWN' && sight.owner === owner)
}

/** The same answer whether the deposition does not exist or belongs to another caller. */
export function noSuchDeposition(): NotFound {
  return new NotFound('There is no such deposition among those you may see.', 'srn')
}

/** Returns the deposition if the caller may see it. */
export function requireVisible(caller: Caller, deposition: Deposition | undefined): Deposition {
  if (deposition && maySee(caller, deposition)) return deposition
  throw noSuchDeposition()
}

/** The owner and admins may change a deposition. Curators review depositions of others and do not change them. */
export function requireMayChange(caller: Caller, found: Deposition | undefined): Deposition {
  const deposition = requireVisible(caller, found)
  if (deposition.owner === actorOf(caller) || hasRole(caller, 'ADMIN')) return deposition
  throw new Forbidden('Only its owner may change a deposition; a curator reviews it with reviewDeposition.', 'srn')
}
