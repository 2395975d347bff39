/** A reason that the owner of a record can act on. `hook` is "metadata" for what the schema itself says, "files" for the file rules. */
export interface Finding {
  readonly hook: string
  readonly kind: FindingKind
  readonly message: string
  readonly field?: string
}

export type FindingKind = 'REJECTED' | 'ERRORED' | 'INVALID_METADATA'
