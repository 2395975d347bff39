import type { Said } from './settle-run.ts'

/** The rule as DESIGN words it, over plain lists: what the archive should say, found the slow way. */
export function versionsOracle(records: readonly (readonly [convention: string, record: string])[]) {
  const releases: { version: number; state: string; live: boolean }[] = []
  const winners = new Map<string, Said>()
  const versionsOf = new Map(records.map(([convention, record]) => [record, { convention, newest: 1, isWithdrawn: false }]))
  const of = (record: string) => {
    const found = versionsOf.get(record)
    if (found === undefined) throw new Error(`no record ${record}`)
    return found
  }
  const name = (record: string, version: number) => `${record}@${version}`

  return {
    releases,
    of,
    add(live: boolean) {
      if (live) for (const release of releases) release.live = false
      releases.push({ version: releases.length + 1, state: 'ACTIVE', live })
    },
    /** Of a version of a record, whether it counts or not. */
    run(release: number, record: string, what: Said) {
      const winner = winners.get(`${release}/${record}`)
      if (winner === undefined || isError(winner)) winners.set(`${release}/${record}`, what)
    },
    answer(convention: string) {
      const own = [...versionsOf].filter(([, one]) => one.convention === convention)
      const counting = own.flatMap(([record, { newest, isWithdrawn }]) => (isWithdrawn ? [] : [name(record, newest)]))
      const all = own.flatMap(([record, { newest }]) => Array.from({ length: newest }, (_, n) => name(record, n + 1)))
      const results = new Map(all.map((one) => [one, resultOf(one)] as const))
      const coverage = { records: BigInt(counting.length), fresh: 0n, stale: 0n, empty: 0n, rejected: 0n, errored: 0n, missing: 0n }
      for (const one of counting) {
        const { by, what } = results.get(one) ?? {}
        if (by === undefined || what === undefined) coverage.missing += 1n
        else coverage[by.live ? nameOf(what) : 'stale'] += 1n
      }
      const rowsOf = (some: readonly string[]) => some.flatMap((one) => rowsThatCount(one, results.get(one) ?? {})).toSorted()
      return {
        records: counting.toSorted(),
        everyVersion: all.toSorted(),
        rows: rowsOf(counting),
        rowsOfEveryVersion: rowsOf(all),
        coverage,
      }
    },
    /** The versions that count of which this release has a result. */
    touched(release: number) {
      return [...versionsOf]
        .flatMap(([record, { newest, isWithdrawn }]) => (isWithdrawn ? [] : [name(record, newest)]))
        .filter((one) => winners.has(`${release}/${one}`))
        .toSorted()
    },
  }

  function resultOf(version: string) {
    const ranked = releases
      .filter(({ state }) => state !== 'YANKED')
      .toSorted((a, b) => Number(b.live) - Number(a.live) || b.version - a.version)
    const by = ranked.find((release) => winners.has(`${release.version}/${version}`))
    return { by, what: winners.get(`${by?.version}/${version}`) }
  }
}

export type CountedRow = readonly [record: string, release: number, score: number, isStale: boolean]

function rowsThatCount(
  version: string,
  { by, what }: { by?: { version: number; live: boolean } | undefined; what?: Said | undefined },
): CountedRow[] {
  return by === undefined || !isRows(what) ? [] : what.map(([score = 0]) => [version, by.version, score, !by.live] as const)
}

const isRows = (what: Said | undefined): what is readonly (readonly number[])[] => Array.isArray(what)
const isError = (what: Said) => !isRows(what) && what.status === 'ERRORED'
const nameOf = (what: Said) =>
  isRows(what) ? (what.length === 0 ? 'empty' : 'fresh') : what.status === 'REJECTED' ? 'rejected' : 'errored'
