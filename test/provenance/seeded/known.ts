import { rowsOf, statusOf, type Happening, type Move, type Release, type Row, type Run, type Said } from './chronicle.ts'

export interface Counting {
  readonly version: number
  readonly run: string
  readonly said: Said
}

export interface HookRow {
  readonly id: string
  readonly record: string
  readonly run: string
  readonly version: number
  readonly values: Row
  readonly stale: boolean
}

export type Known = ReturnType<typeof knownFrom>

/** All that follows from what has happened, worked out the slow way and by rules of its own. */
export function knownFrom(happenings: readonly Happening[]) {
  const of = <What extends Happening['what']>(what: What) =>
    happenings.filter((one): one is Extract<Happening, { what: What }> => one.what === what)
  // Records that were published together stand in the order of their ids.
  const published = of('published').toSorted((a, b) => (a.record < b.record ? -1 : 1))
  const replaced = new Set(published.map(({ before }) => before))
  const bySrn = new Map(published.map((one) => [one.srn, one.record]))
  const byRecord = new Map(published.map((one) => [one.record, one]))
  const releases = of('released')
  const moves = of('moved')
  const runs = of('ran')
  const winners = new Map<string, Counting>()
  /** Run and record of each result that was kept with its rows. */
  const kept = new Set<string>()
  for (const { run, hook, version, said: all, reproduces } of runs) {
    if (reproduces !== undefined) continue
    for (const [record, said] of all) {
      const before = winners.get(`${hook}/${version}/${record}`)
      if (before !== undefined && !('error' in before.said)) continue
      winners.set(`${hook}/${version}/${record}`, { version, run, said })
      kept.add(`${run}/${record}`)
    }
  }

  const releasesOf = (hook: string): Release[] => releases.filter((one) => one.hook === hook)
  const lastMove = (hook: string): Move | undefined => moves.findLast((one) => one.hook === hook)
  const live = (hook: string) => lastMove(hook)?.to
  const judgement = (hook: string, version: number) => of('judged').findLast((one) => one.hook === hook && one.version === version)
  const isYanked = (hook: string, version: number) => judgement(hook, version)?.state === 'YANKED'
  const winner = (hook: string, version: number, record: string) => winners.get(`${hook}/${version}/${record}`)
  const conventionsOf = (hook: string) =>
    of('deployed')
      .filter(({ hooks }) => hooks.includes(hook))
      .map(({ convention }) => convention)
  const recordsOf = (convention: string) => published.filter((one) => one.convention === convention && !replaced.has(one.record))

  function counting(hook: string, record: string): Counting | undefined {
    const now = live(hook)
    const ofLive = now === undefined || isYanked(hook, now) ? undefined : winner(hook, now, record)
    if (ofLive !== undefined) return ofLive
    for (const { version } of releasesOf(hook).toReversed()) {
      if (!isYanked(hook, version) && winner(hook, version, record) !== undefined) return winner(hook, version, record)
    }
    return undefined
  }

  function rowsBy(hook: string, record: string, by: Counting | undefined): HookRow[] {
    if (by === undefined) return []
    const { run, version } = by
    return rowsOf(by.said).map((values, i) => ({
      id: `${hook}:${run}:${record}:${i}`,
      record,
      run,
      version,
      values,
      stale: version !== live(hook),
    }))
  }

  return {
    published,
    /** Whether no newer version replaced this one. */
    countsAsVersion: (record: string) => !replaced.has(record),
    recordNamed: (srn: string) => bySrn.get(srn),
    srnOf: (record: string) => byRecord.get(record)?.srn,
    releases,
    moves,
    runs,
    deployed: of('deployed'),
    releasesOf,
    lastMove,
    live,
    judgement,
    winner,
    counting,
    conventionsOf,
    recordsOf,
    rowsBy,
    isKept: (run: string, record: string) => kept.has(`${run}/${record}`),
    rowsIn: (convention: string, hook: string) =>
      recordsOf(convention).flatMap(({ record }) => rowsBy(hook, record, counting(hook, record))),
    coverage(convention: string, hook: string) {
      const counts = { records: recordsOf(convention).length, fresh: 0, stale: 0, empty: 0, rejected: 0, errored: 0, missing: 0 }
      for (const { record } of recordsOf(convention)) {
        const by = counting(hook, record)
        if (by === undefined) counts.missing++
        else if (by.version !== live(hook)) counts.stale++
        else counts[({ PASSED: 'fresh', EMPTY: 'empty', REJECTED: 'rejected', ERRORED: 'errored' } as const)[statusOf(by.said)]]++
      }
      return counts
    },
    /** Versions of records that a release has a result of: those that count, or all. */
    touchedBy: (hook: string, version: number, versions: 'COUNTING' | 'ALL' = 'COUNTING') =>
      published
        .map(({ record }) => record)
        .filter((record) => (versions === 'ALL' || !replaced.has(record)) && winner(hook, version, record) !== undefined),
    /** The move that was the last one when a run was asked for, if it is the reason for the run's release. */
    moveBefore(run: Run): Move | undefined {
      const move = happenings
        .slice(0, happenings.indexOf(run))
        .findLast((one): one is Move => one.what === 'moved' && one.hook === run.hook)
      return move?.to === run.version ? move : undefined
    },
    /** Records that a backfill has to take. */
    due({
      hook,
      version = live(hook) ?? 0,
      convention,
      only,
      stale = true,
    }: {
      hook: string
      version?: number
      convention?: string
      only?: readonly string[]
      stale?: boolean
    }): string[] {
      const within = convention === undefined ? conventionsOf(hook) : [convention]
      return within
        .flatMap(recordsOf)
        .map(({ record }) => record)
        .filter((record) => {
          const wanted = (status: string) => only === undefined || only.includes(status)
          const own = winner(hook, version, record)
          if (own !== undefined) return 'error' in own.said && wanted('ERRORED')
          const by = counting(hook, record)
          return by === undefined ? wanted('MISSING') : stale && wanted(statusOf(by.said))
        })
    },
  }
}

/** Results that counted for a record before this release's last began to, the latest first: by living through it all again. */
export function supersededBy(happenings: readonly Happening[], hook: string, record: string, version: number): number[] {
  const counted: number[] = []
  for (let n = 1; n <= happenings.length; n++) {
    const one = happenings[n - 1]
    if (one === undefined || !('hook' in one) || one.hook !== hook) continue
    const now = knownFrom(happenings.slice(0, n).filter((before) => 'hook' in before && before.hook === hook)).counting(
      hook,
      record,
    )?.version
    if (now !== undefined && now !== counted.at(-1)) counted.push(now)
  }
  const last = counted.lastIndexOf(version)
  return [...new Set(counted.slice(0, Math.max(0, last)).toReversed())].filter((one) => one !== version)
}
