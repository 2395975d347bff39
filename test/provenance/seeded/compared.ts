import { isDeepStrictEqual } from 'node:util'
import { rowsOf, statusOf, type Row } from './chronicle.ts'
import type { Known } from './known.ts'

const columns = ['value', 'word'] as const

/** What changed from one release to another, record by record and row by row. */
export function compared(known: Known, hook: string, from: number, to: number) {
  const diff = { recordCount: 0, added: 0, removed: 0, changed: 0, unchanged: 0 }
  const flips = new Map<string, number>()
  const found = columns.map((column) => ({ column, changed: 0, gained: 0, lost: 0 }))
  for (const { record } of known.published.filter((one) => known.countsAsVersion(one.record))) {
    const [before, after] = [known.winner(hook, from, record), known.winner(hook, to, record)]
    if (before === undefined || after === undefined) continue
    diff.recordCount++
    const [was, is] = [statusOf(before.said), statusOf(after.said)]
    if (was !== is) flips.set(`${was} ${is}`, (flips.get(`${was} ${is}`) ?? 0) + 1)
    const [old, now] = [rowsOf(before.said), rowsOf(after.said)]
    for (let i = 0; i < Math.max(old.length, now.length); i++) compareRow(old[i], now[i])
  }
  return { ...diff, columns: found, flips: Object.fromEntries([...flips].toSorted()) }

  function compareRow(old: Row | undefined, now: Row | undefined): void {
    if (old === undefined) return void diff.added++
    if (now === undefined) return void diff.removed++
    if (isDeepStrictEqual(old, now)) return void diff.unchanged++
    diff.changed++
    for (const one of found) {
      const [a, b] = [old[one.column], now[one.column]]
      if (a === b) continue
      one.changed++
      if (a === null) one.gained++
      if (b === null) one.lost++
    }
  }
}
