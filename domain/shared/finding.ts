/** A reason that the owner of a record can act on. `hook` is "metadata", "files" or "review" if it does not come from a hook. */
export interface Finding {
  readonly hook: string
  readonly kind: FindingKind
  readonly message: string
  readonly field?: string
}

type FindingKind = 'REJECTED' | 'ERRORED' | 'INVALID_METADATA'
