import { isDeepStrictEqual } from 'node:util'
import { madeOf, type Made, type MadeRow } from './mutating-hook.ts'

export interface Asked {
  readonly from: number
  readonly to: number
  readonly tolerance: number
  readonly record: (n: number) => boolean
  /** What a filter asks of rows; undefined when it asks nothing of them. */
  readonly row: ((row: MadeRow) => boolean) | undefined
}

const columns = ['score', 'level', 'label', 'seen', 'extra'] as const

/** What a diff has to say, worked out row by row in memory. */
export function expectedDiff(ns: readonly number[], { from, to, tolerance, record, row }: Asked) {
  const passes = (one: MadeRow | undefined) => one !== undefined && (row === undefined || row(one))
  const diff = {
    recordCount: 0,
    added: 0,
    removed: 0,
    changed: 0,
    unchanged: 0,
    columns: new Map<string, number>(),
    flipped: new Map<string, number>(),
  }
  const differing: { n: number; ordinal: number; columns: string[] }[] = []
  for (const n of ns.filter(record)) {
    const [before, after] = [madeOf(n, from), madeOf(n, to)]
    if (row !== undefined && ![...rowsOf(before), ...rowsOf(after)].some(passes)) continue
    diff.recordCount++
    if (statusOf(before) !== statusOf(after)) add(diff.flipped, `${statusOf(before)} ${statusOf(after)}`)
    for (let ordinal = 0; ordinal < Math.max(rowsOf(before).length, rowsOf(after).length); ordinal++) {
      const [old, now] = [rowsOf(before)[ordinal], rowsOf(after)[ordinal]]
      if (!passes(old) && !passes(now)) continue
      const differ = old && now ? columns.filter((column) => !same(old[column], now[column], tolerance)) : []
      differ.forEach((column) => add(diff.columns, column))
      if (!old) diff.added++
      else if (!now) diff.removed++
      else if (differ.length > 0) diff.changed++
      else diff.unchanged++
      if (!old || !now || differ.length > 0) differing.push({ n, ordinal, columns: differ })
    }
  }
  return { ...diff, differing }
}

function same(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return isDeepStrictEqual(a, b)
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b))
}

function rowsOf(made: Made): readonly MadeRow[] {
  return 'rows' in made ? made.rows : []
}

function statusOf(made: Made): string {
  return 'rejected' in made ? 'REJECTED' : made.rows.length === 0 ? 'EMPTY' : 'PASSED'
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
