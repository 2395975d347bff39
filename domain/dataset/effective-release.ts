import type { ReleaseState } from '@strata/domain/registry'

/** The state of a release, now or at some time, as far as it decides which rows are effective. */
export interface ReleaseStanding {
  readonly id: string
  readonly version: number
  readonly state: ReleaseState
  readonly isLive: boolean
}

/**
 * The releases whose results may be effective, by precedence: the live one, then the others from newest to oldest. The first
 * one with a result for a record is effective for it. A yanked release never is.
 */
export function rankReleases<Release extends ReleaseStanding>(releases: readonly Release[]): readonly Release[] {
  return releases.filter(({ state }) => state !== 'YANKED').toSorted((a, b) => Number(b.isLive) - Number(a.isLive) || b.version - a.version)
}

/** A release whose rows are effective, except for records with a result of one of `unless`, which take precedence. */
export interface CountingRelease<Release> {
  readonly release: Release
  readonly unless: readonly Release[]
}

/**
 * The releases with effective rows, given the sets of versions that records have results of. If a release with precedence never
 * shares a record with another one, it excludes none of that one's rows, so its results need not be read.
 */
export function countingReleases<Release extends ReleaseStanding>(
  ranked: readonly Release[],
  profiles: readonly (readonly number[])[],
): readonly CountingRelease<Release>[] {
  return ranked.flatMap((release, rank) => {
    const own = profiles.filter((versions) => versions.includes(release.version))
    const before = ranked.slice(0, rank)
    if (!own.some((versions) => before.every(({ version }) => !versions.includes(version)))) return []
    return [{ release, unless: before.filter(({ version }) => own.some((versions) => versions.includes(version))) }]
  })
}
