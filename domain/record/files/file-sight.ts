import { actorOf, hasRole, type Principal } from '@strata/domain/identity'

/**
 * Which stored content a caller may read, and so may name in a record or a draft. Every caller may read content that a published record has.
 * `actor` may also read its own uploads and the files of its own drafts. Other content gives the same answer as content that was never
 * uploaded.
 */
export type FileSight = { readonly of: 'PUBLISHED' } | { readonly of: 'OWN' | 'ALL'; readonly actor: string }

/** Curators review submissions, so they may see all content. */
export function fileSightOf(principal: Principal): FileSight {
  if (principal.kind === 'ANONYMOUS') return { of: 'PUBLISHED' }
  return { of: hasRole(principal, 'CURATOR') ? 'ALL' : 'OWN', actor: actorOf(principal) }
}
