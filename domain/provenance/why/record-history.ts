import { rankReleases } from '@strata/domain/dataset'
import type { ReleaseState } from '@strata/domain/registry'

/** Microseconds since 1970: as exact as the logs are, so that what came first is told apart. */
export type Instant = number

/** All that decides which release of a hook counts for a record, from the logs alone. */
export interface RecordHistory {
  /** Releases with a result over the record, oldest version first. */
  readonly releases: readonly ReleaseOfRecord[]
  /** Moves of the live pointer to or from one of them, and the last one of all; oldest first. */
  readonly moves: readonly Move[]
}

export interface ReleaseOfRecord {
  readonly id: string
  readonly version: number
  /** When it had a result for the first time. */
  readonly since: Instant
  /** What it made of the record in the end. */
  readonly result: { readonly run: string; readonly status: 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED'; readonly rows: number }
  /** Oldest first; ACTIVE before the first. */
  readonly states: readonly { readonly state: ReleaseState; readonly reason: string; readonly at: Instant }[]
}

export interface Move {
  readonly id: string
  readonly from: string | undefined
  readonly to: { readonly id: string; readonly version: number }
  readonly actor: string
  readonly reason: string | undefined
  readonly at: Instant
}

/** From when on which release counted for the record, oldest first: each until the next begins. */
export function whatCounted({ releases, moves }: RecordHistory): readonly { readonly release: ReleaseOfRecord; readonly from: Instant }[] {
  const changes = [...moves.map(({ at }) => at), ...releases.flatMap(({ since, states }) => [since, ...states.map(({ at }) => at)])]
  const counted: { release: ReleaseOfRecord; from: Instant }[] = []
  for (const at of [...new Set(changes)].toSorted((a, b) => a - b)) {
    const release = countingAt({ releases, moves }, at)
    if (release !== undefined && release !== counted.at(-1)?.release) counted.push({ release, from: at })
  }
  return counted
}

export function countingAt({ releases, moves }: RecordHistory, at: Instant): ReleaseOfRecord | undefined {
  const live = moves.findLast((move) => move.at <= at)?.to.id
  const standing = releases
    .filter(({ since }) => since <= at)
    .map((release) => ({
      ...release,
      release,
      isLive: release.id === live,
      state: release.states.findLast((one) => one.at <= at)?.state ?? 'ACTIVE',
    }))
  return rankReleases(standing)[0]?.release
}

/**
 * The releases that counted for the record before this one last began to, the latest first. After a rollback that is the
 * one that was rolled back.
 */
export function supersededBy(history: RecordHistory, release: string): readonly ReleaseOfRecord[] {
  const counted = whatCounted(history)
  const last = counted.findLastIndex((one) => one.release.id === release)
  const before = counted.slice(0, Math.max(0, last)).map((one) => one.release)
  return [...new Set(before.toReversed())].filter(({ id }) => id !== release)
}

/**
 * The move that made a release live for a run: it was when the run was asked for, which is when its release was chosen, or
 * by the time it began. None for a run of a release that was asked for by its version.
 */
export function madeLiveBy(
  { moves }: RecordHistory,
  run: { readonly release: string; readonly askedAt: Instant; readonly startedAt: Instant },
): Move | undefined {
  const lastBy = (at: Instant) => moves.findLast((move) => move.at <= at)
  return [lastBy(run.askedAt), lastBy(run.startedAt)].find((move) => move?.to.id === run.release)
}
