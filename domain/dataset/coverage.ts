import type { ReleaseStanding } from './effective-release.ts'
import { rankReleases } from './effective-release.ts'

/** Counts of a convention's records by the effective outcome of a hook. All but `records` and `rows` add up to `records`. */
export interface Coverage {
  readonly records: bigint
  readonly fresh: bigint
  /** The effective result is from a release that is not live, whatever its outcome. */
  readonly stale: bigint
  readonly empty: bigint
  readonly rejected: bigint
  readonly errored: bigint
  readonly missing: bigint
}

/** The number of records with results of exactly these releases, and their outcomes. */
export interface CoverageProfile {
  readonly records: bigint
  readonly results: readonly {
    readonly version: number
    readonly status: 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED'
    readonly rows: bigint
  }[]
}

/** The coverage and the number of effective rows, from stored counts alone. */
export function coverageOf(
  total: bigint,
  profiles: readonly CoverageProfile[],
  releases: readonly ReleaseStanding[],
): { readonly coverage: Coverage; readonly rows: bigint } {
  const ranked = rankReleases(releases)
  const counts = { fresh: 0n, stale: 0n, empty: 0n, rejected: 0n, errored: 0n }
  let rows = 0n
  for (const { records, results } of profiles) {
    const counting = ranked.find(({ version }) => results.some((result) => result.version === version))
    const result = results.find(({ version }) => version === counting?.version)
    if (counting === undefined || result === undefined) continue
    rows += result.rows
    counts[counting.isLive ? freshName[result.status] : 'stale'] += records
  }
  const covered = Object.values(counts).reduce((sum, count) => sum + count, 0n)
  return { coverage: { records: total, ...counts, missing: total - covered }, rows }
}

const freshName = { PASSED: 'fresh', EMPTY: 'empty', REJECTED: 'rejected', ERRORED: 'errored' } as const
