import { rankReleases, type ReleaseStanding } from './effective-release.ts'

/** A release with the reason that was given for its state. */
export interface ExplainedRelease extends ReleaseStanding {
  readonly stateReason?: string
}

/** The state of a hook's result for a record, and a sentence on why it is not that of the live release. */
export type Staleness = { readonly kind: 'FRESH' } | { readonly kind: 'STALE' | 'MISSING' | 'ERRORED' | 'YANKED'; readonly because: string }

export interface StandingResult {
  readonly version: number
  readonly status: 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED'
  readonly reason?: string
}

/** From the winning results of each release for one record. */
export function stalenessOf(hook: string, releases: readonly ExplainedRelease[], results: readonly StandingResult[]): Staleness {
  const live = releases.find(({ isLive }) => isLive)
  const counting = rankReleases(releases)
    .map(({ version }) => results.find((result) => result.version === version))
    .find((result) => result !== undefined)
  if (counting === undefined) return nothingCounts(hook, releases, results)
  if (counting.version !== live?.version) {
    const now = live === undefined ? 'none is live' : `release ${live.version} is live and has not computed this record`
    return { kind: 'STALE', because: `This was computed by release ${counting.version} of "${hook}"; ${now}.` }
  }
  if (counting.status !== 'ERRORED') return { kind: 'FRESH' }
  return {
    kind: 'ERRORED',
    because: `Release ${live.version} of "${hook}" failed on this record: ${counting.reason ?? 'no reason was given'}`,
  }
}

function nothingCounts(hook: string, releases: readonly ExplainedRelease[], results: readonly StandingResult[]): Staleness {
  const newest = results.toSorted((a, b) => b.version - a.version)[0]
  const yanked = releases.find(({ version }) => version === newest?.version)
  if (yanked === undefined) return { kind: 'MISSING', because: `No release of "${hook}" has computed this record yet.` }
  const why = yanked.stateReason === undefined ? '' : `: ${yanked.stateReason}`
  return {
    kind: 'YANKED',
    because: `The result of release ${yanked.version} of "${hook}" for this record no longer counts, because the release was yanked${why}`,
  }
}
