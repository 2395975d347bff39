import { actorOf, hasRole, type Principal } from '@strata/domain/identity'

/**
 * Which stored content a caller may read, and so may name in a record or a draft. Everybody: what a published record has.
 * `actor` has more: what that actor uploaded, and what the actor's own drafts have. Content outside a caller's sight is
 * as unknown to them as content that was never uploaded.
 */
export type FileSight = { readonly of: 'PUBLISHED' } | { readonly of: 'OWN' | 'ALL'; readonly actor: string }

/** Curators review what others hand in, so they see all of it. */
export function fileSightOf(principal: Principal): FileSight {
  if (principal.kind === 'ANONYMOUS') return { of: 'PUBLISHED' }
  return { of: hasRole(principal, 'CURATOR') ? 'ALL' : 'OWN', actor: actorOf(principal) }
}
