import type { Digest } from '@strata/domain/shared'

export function entityTag(digest: Digest): string {
  return `"${digest}"`
}

/** If-None-Match: the caller has this content already. Weak and strong tags are alike here. */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag)
}

/** If-Range: the part is wanted only of the very content that the caller has the rest of. A weak tag or a date proves nothing. */
export function isSameContent(header: string | string[] | undefined, tag: string): boolean {
  return header === undefined || (typeof header === 'string' && header.trim() === tag)
}
