import { rankReleases, type ReleaseStanding } from '@strata/domain/dataset'
import { BadUserInput } from '@strata/domain/shared'
import type { Outcome } from '../result/outcomes.ts'

/** What a hook has made of a record, when MISSING is said of those it made nothing of. */
export const standingStatuses = ['PASSED', 'EMPTY', 'REJECTED', 'ERRORED', 'MISSING'] as const
export type StandingStatus = (typeof standingStatuses)[number]

/** Which records are computed anew, of those that the release has no result for or only an error. */
export interface Selection {
  /** By what counts of them now. */
  readonly only: readonly StandingStatus[]
  /** Whether those are among them that another release has computed. */
  readonly stale: boolean
}

/** What counts of one release over a record. */
export interface RecordResult {
  readonly version: number
  readonly status: Outcome['status']
}

/**
 * The one rule of what a backfill takes. A result of the release itself is fresh and never taken, whatever it says; an
 * error is none. Without either, what counts of the record is what the best other release made of it, and that is stale;
 * and when nothing counts (a yanked release never does), the record is MISSING.
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
    throw new BadUserInput('"only" is empty, so nothing is selected; leave it out to take everything that is not fresh.', 'input.only')
  const isFreshAlone = !input.stale && !only.includes('ERRORED') && !only.includes('MISSING')
  if (!isFreshAlone) return { only, stale: input.stale }
  throw new BadUserInput(
    `Without stale ones, nothing is selected: what the release itself found to be ${only.join(' or ')} is fresh and never computed again. ` +
      'Leave "stale" out, or add ERRORED or MISSING to "only".',
    'input.only',
  )
}
