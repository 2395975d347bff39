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

/** An answer has at most so many findings of a record: the schema of the API bounds the list. */
export const maxFindings = 100

/** Leaves out what is too many; the last finding then says how many there are besides. */
export function boundFindings(findings: readonly Finding[]): readonly Finding[] {
  const last = findings[maxFindings - 1]
  if (last === undefined || findings.length === maxFindings) return findings
  const more = findings.length - maxFindings + 1
  const { hook, kind } = last
  return [
    ...findings.slice(0, maxFindings - 1),
    { hook, kind, message: `There are ${more.toLocaleString('en')} more findings of this record.` },
  ]
}
