import { countingAt, type Move, type RecordHistory, type ReleaseOfRecord } from './record-history.ts'

/**
 * A sentence or two on why a row of this release is not what the live release says; undefined when it is. For a version of a record
 * that does not count, it does not say which result is effective: none is.
 */
export function staleBecause(history: RecordHistory, hook: string, release: ReleaseOfRecord, versionCounts = true): string | undefined {
  const move = history.moves.at(-1)
  if (move?.to.id === release.id) return undefined
  const state = release.states.at(-1)
  const yanked =
    state?.state === 'YANKED'
      ? `Version ${release.version} of "${hook}" was yanked (${state.reason}), so what it made does not count any more. `
      : ''
  if (move === undefined) return `${yanked}No version of "${hook}" is live.`
  return `${yanked}${liveSince(move, hook)}${versionCounts ? whatCountsNow(history, release, move) : '.'}`
}

function liveSince({ to, at, actor, reason }: Move, hook: string): string {
  const why = reason === undefined ? '' : `: ${reason}`
  return `Version ${to.version} of "${hook}" has been live since ${new Date(at / 1000).toISOString()} (${actor}${why})`
}

function whatCountsNow(history: RecordHistory, release: ReleaseOfRecord, { to }: Move): string {
  const counting = countingAt(history, Number.POSITIVE_INFINITY)
  if (counting?.id === to.id) return `, and its own result for this record counts: ${resultOf(counting)}.`
  const none = ', but has no result for this record yet'
  if (counting === undefined) return `${none}, and no other result counts.`
  if (counting.id === release.id) return `${none}; until it has one, this row counts.`
  return `${none}; until it has one, that of version ${counting.version} counts: ${resultOf(counting)}.`
}

function resultOf({ result: { status, rows } }: ReleaseOfRecord): string {
  switch (status) {
    case 'PASSED':
      return rows === 1 ? 'one row' : `${rows} rows`
    case 'EMPTY':
      return 'it found nothing'
    case 'REJECTED':
      return 'it rejected the record'
    case 'ERRORED':
      return 'an error'
  }
}
