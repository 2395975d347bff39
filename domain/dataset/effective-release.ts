import type { ReleaseState } from '@strata/domain/registry'

/** A release as the rule of what counts sees it, now or at some time. */
export interface ReleaseStanding {
  readonly id: string
  readonly version: number
  readonly state: ReleaseState
  readonly isLive: boolean
}

/**
 * The releases whose results may count, those that go before others first: the live one, then the newest. For each record,
 * the first of them with a result over it counts. A yanked release never does.
 */
export function rankReleases<Release extends ReleaseStanding>(releases: readonly Release[]): readonly Release[] {
  return releases.filter(({ state }) => state !== 'YANKED').toSorted((a, b) => Number(b.isLive) - Number(a.isLive) || b.version - a.version)
}

/** Of a release, the rows that count: all of them, unless the record has a result of one of these others, which go before it. */
export interface CountingRelease<Release> {
  readonly release: Release
  readonly unless: readonly Release[]
}

/**
 * Which releases have rows that count, given the sets of versions that records have results of. A release that goes
 * before another one but never meets it on a record excludes nothing there, so its results need not be read.
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
