/** A reason that the owner of a record can act on. `hook` is "metadata", "files", "record" or "review" when it was no hook. */
export interface Finding {
  readonly hook: string
  readonly kind: FindingKind
  readonly message: string
  readonly field?: string
}

/**
 * CHANGED: other content is published under this source. WITHDRAWN: the record was taken back. STALE_VERSION: another
 * version is the newest.
 */
type FindingKind = 'REJECTED' | 'ERRORED' | 'INVALID_METADATA' | 'CHANGED' | 'WITHDRAWN' | 'STALE_VERSION'
