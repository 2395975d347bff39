import { hookInput } from '../runs/manifest.ts'

export interface MadeRow {
  readonly score: number | null
  readonly level: number
  readonly label: string | null
  readonly seen: string
  readonly extra: { readonly [key: string]: number }
}

export type Made = { readonly rejected: true } | { readonly rows: readonly MadeRow[] }

/**
 * What a release of this hook makes of the record `n`: the same rows as the first release's, but for some that differ a
 * little, a lot, in a missing value, only in the order of JSON's keys, or that are there for one of them alone.
 */
const body = `
  let state = (n * 7919 + 104729) % 2147483647
  const chance = (bound) => (state = (state * 48271) % 2147483647) % bound
  const rows = []
  for (let i = chance(4); i >= 0; i--) {
    rows.push({ score: chance(9) === 0 ? null : chance(1000) / 10, level: chance(5), label: 'l' + chance(3), seen: '2026-01-0' + (1 + chance(9)), extra: { a: chance(3), b: 1 } })
  }
  if (n % 13 === 0) return version === 1 ? { rejected: true } : { rows }
  if (version === 1) return { rows: n % 11 === 0 ? [] : rows }
  for (const row of rows) {
    const { a, b } = row.extra
    const how = chance(8)
    if (how === 0) row.score = row.score === null ? 5 : row.score + 0.0004
    if (how === 1) row.score = row.score === null ? null : row.score * 3
    if (how === 2) row.score = null
    if (how === 3) row.extra = { b, a }
    if (how === 4) row.extra = { a: a + 1, b }
    if (how === 5) row.label = chance(2) === 0 ? null : row.label + '!'
    if (how === 6) row.level -= 20
  }
  if (chance(5) === 0) rows.pop()
  if (chance(5) === 0) rows.push({ score: 1, level: 1, label: 'new', seen: '2026-02-01', extra: {} })
  if (n % 17 === 0) return { rejected: true }
  return { rows }
`

// oxlint-disable-next-line typescript/no-implied-eval -- the hook's own text, so that the test and the hook agree
const make = new Function('n', 'version', body) as (n: number, version: number) => Made

export function madeOf(n: number, version: number): Made {
  return make(n, version)
}

export function mutatingHook(version: number) {
  const source = `
    function make(n, version) {${body}}
    export default async function hook({ record, reject }) {
      const made = make(record.metadata.n, ${version})
      return made.rejected ? reject('not this one') : made.rows
    }`
  const hook = hookInput({ name: 'mutating', source })
  const columns = [
    { name: 'score', type: 'NUMBER' as const, required: false },
    { name: 'level', type: 'INTEGER' as const, required: true },
    { name: 'label', type: 'TEXT' as const, required: false },
    { name: 'seen', type: 'DATE' as const, required: true },
    { name: 'extra', type: 'JSON' as const, required: false },
  ]
  return { ...hook, feature: { table: { cardinality: 'MANY' as const, columns } } } as unknown as ReturnType<typeof hookInput>
}
