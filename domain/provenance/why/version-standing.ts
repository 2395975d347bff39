import type { Withdrawal } from '@strata/domain/record'

/** Whether a version of a record counts, and why it does not. */
export interface VersionStanding {
  readonly version: number
  readonly counts: boolean
  /** When the next version was published. */
  readonly replacedAt: Date | undefined
  readonly withdrawn: Withdrawal | undefined
}

/** A sentence or two on why no row of this version counts, whichever release made it; undefined if the version counts. */
export function notCountingBecause({ version, counts, replacedAt, withdrawn }: VersionStanding): string | undefined {
  if (counts) return undefined
  const reasons: string[] = []
  if (replacedAt !== undefined) {
    reasons.push(`Version ${version + 1} replaced version ${version} of this record at ${replacedAt.toISOString()}.`)
  }
  if (withdrawn !== undefined) {
    const { kind, at, by, reason } = withdrawn
    reasons.push(`This record was ${kind.toLowerCase()} at ${at.toISOString()} (${by}: ${reason}), with all its versions.`)
  }
  return reasons.join(' ')
}
