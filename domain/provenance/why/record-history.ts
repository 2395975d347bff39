import { rankReleases } from '@strata/domain/dataset'
import type { ReleaseState } from '@strata/domain/registry'

/** Microseconds since 1970, the resolution of the logs, to keep the order of events. */
export type Instant = number

/** Everything that decides which release of a hook is effective for a record, from the logs alone. */
export interface RecordHistory {
  /** Releases with a result over the record, oldest version first. */
  readonly releases: readonly ReleaseOfRecord[]
  /** Moves of the live pointer to or from one of them, and the last move of all; oldest first. */
  readonly moves: readonly Move[]
}

export interface ReleaseOfRecord {
  readonly id: string
  readonly version: number
  /** When it first had a result. */
  readonly since: Instant
  /** Its final result for the record. */
  readonly result: { readonly run: string; readonly status: 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED'; readonly rows: number }
  /** Oldest first; the state before the first entry is ACTIVE. */
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

/** The effective releases for the record with their start times, oldest first. Each stays effective until the next one starts. */
export function effectivePeriods({
  releases,
  moves,
}: RecordHistory): readonly { readonly release: ReleaseOfRecord; readonly from: Instant }[] {
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
 * The releases that were effective for the record before this one last became so, latest first. After a rollback, these are
 * the rolled-back releases.
 */
export function supersededBy(history: RecordHistory, release: string): readonly ReleaseOfRecord[] {
  const counted = effectivePeriods(history)
  const last = counted.findLastIndex((one) => one.release.id === release)
  const before = counted.slice(0, Math.max(0, last)).map((one) => one.release)
  return [...new Set(before.toReversed())].filter(({ id }) => id !== release)
}

/**
 * The move that made a release live for a run: before the run was requested, which is when its release was chosen, or before it
 * began. Undefined if the run requested its release by version.
 */
export function madeLiveBy(
  { moves }: RecordHistory,
  run: { readonly release: string; readonly askedAt: Instant; readonly startedAt: Instant },
): Move | undefined {
  const lastBy = (at: Instant) => moves.findLast((move) => move.at <= at)
  return [lastBy(run.askedAt), lastBy(run.startedAt)].find((move) => move?.to.id === run.release)
}
