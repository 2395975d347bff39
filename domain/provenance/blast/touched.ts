import { rankReleases, type CoverageProfile, type ReleaseStanding } from '@strata/domain/dataset'

/** The subject of a blast radius: releases with all of their runs, or one run of one release. */
export interface Touched {
  readonly releases: readonly string[]
  readonly run?: string
}

export interface TouchedCounts {
  /** Records with a result. */
  readonly records: bigint
  /** Stored rows. */
  readonly rows: bigint
  /** Stored rows that are effective now. */
  readonly effectiveRows: bigint
}

/** What counting needs of a hook: the states of its releases, and how many records have results of which. */
export interface HookCounts {
  readonly standings: readonly ReleaseStanding[]
  readonly profiles: readonly CoverageProfile[]
}

/** Uses stored counts, so the cost does not depend on the number of rows. A record counts once per hook. */
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
