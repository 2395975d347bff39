import { rankReleases, type ReleaseStanding } from '@strata/domain/dataset'
import { BadUserInput } from '@strata/domain/shared'
import type { Outcome } from '../result/outcomes.ts'

/** The effective status of a record for a hook; MISSING without a result. */
export const standingStatuses = ['PASSED', 'EMPTY', 'REJECTED', 'ERRORED', 'MISSING'] as const
export type StandingStatus = (typeof standingStatuses)[number]

/** Which records to compute, among those without a result of the release or with only an error of it. */
export interface Selection {
  /** Their effective statuses. */
  readonly only: readonly StandingStatus[]
  /** Whether to include records that another release has computed. */
  readonly stale: boolean
}

/** The winning result of one release for a record. */
export interface RecordResult {
  readonly version: number
  readonly status: Outcome['status']
}

/**
 * The rule for which records a backfill includes. A result of the release itself, except an error, is fresh and never computed
 * again. Otherwise the effective result is the one of the best other release, which is stale. Without an effective result (those
 * of a yanked release never are), the record is MISSING.
 */
export function selector({ only, stale }: Selection, target: number, releases: readonly ReleaseStanding[]) {
  const others = rankReleases(releases).filter(({ version }) => version !== target)
  const wanted = new Set<StandingStatus>(only)
  return (results: readonly RecordResult[]): boolean => {
    const own = results.find(({ version }) => version === target)
    if (own !== undefined) return own.status === 'ERRORED' && wanted.has('ERRORED')
    for (const { version } of others) {
      const counting = results.find((result) => result.version === version)
      if (counting !== undefined) return stale && wanted.has(counting.status)
    }
    return wanted.has('MISSING')
  }
}

export function parseSelection(input: {
  readonly only?: readonly StandingStatus[] | null | undefined
  readonly stale: boolean
}): Selection {
  const only = standingStatuses.filter((status) => input.only?.includes(status) ?? true)
  if (only.length === 0)
    throw new BadUserInput(
      '"only" is empty, so no records are selected; leave it out to select all records that are not fresh.',
      'input.only',
    )
  const isFreshAlone = !input.stale && !only.includes('ERRORED') && !only.includes('MISSING')
  if (!isFreshAlone) return { only, stale: input.stale }
  throw new BadUserInput(
    `Without stale records, nothing is selected: records that the release itself found to be ${only.join(' or ')} are fresh and never computed again. ` +
      'Leave "stale" out, or add ERRORED or MISSING to "only".',
    'input.only',
  )
}
