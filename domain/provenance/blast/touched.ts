import { rankReleases, type CoverageProfile, type ReleaseStanding } from '@strata/domain/dataset'

/** What a blast radius is of, found: some releases, whatever they ran; or one run of one release. */
export interface Touched {
  readonly releases: readonly string[]
  readonly run?: string
}

export interface TouchedCounts {
  /** Records that have a result of it. */
  readonly records: bigint
  /** Rows that it made and that are kept. */
  readonly rows: bigint
  /** Those of them that count now. */
  readonly effectiveRows: bigint
}

/** A hook as far as counting needs it: how its releases stand, and how many records have results of which. */
export interface HookCounts {
  readonly standings: readonly ReleaseStanding[]
  readonly profiles: readonly CoverageProfile[]
}

/** From kept counts, so that a release's ten million rows are counted as fast as ten. Records of one hook are counted once. */
export function countTouched(releases: readonly string[], { standings, profiles }: HookCounts): TouchedCounts {
  const ranked = rankReleases(standings)
  const isTouched = new Set(standings.filter(({ id }) => releases.includes(id)).map(({ version }) => version))
  let counts: TouchedCounts = { records: 0n, rows: 0n, effectiveRows: 0n }
  for (const { records, results } of profiles) {
    const touched = results.filter(({ version }) => isTouched.has(version))
    if (touched.length === 0) continue
    const counting = ranked.find(({ version }) => results.some((result) => result.version === version))?.version
    const rows = touched.reduce((sum, result) => sum + result.rows, 0n)
    const effectiveRows = touched.find(({ version }) => version === counting)?.rows ?? 0n
    counts = addCounts(counts, { records, rows, effectiveRows })
  }
  return counts
}

export function addCounts(a: TouchedCounts, b: TouchedCounts): TouchedCounts {
  return { records: a.records + b.records, rows: a.rows + b.rows, effectiveRows: a.effectiveRows + b.effectiveRows }
}
