import { expect, test } from 'vitest'
import { coverageOf } from './coverage.ts'
import { countingReleases, rankReleases, type ReleaseStanding } from './effective-release.ts'

const release = (version: number, o: Partial<ReleaseStanding> = {}): ReleaseStanding => ({
  id: `r${version}`,
  version,
  state: 'ACTIVE',
  isLive: false,
  ...o,
})
const [one, two, three] = [release(1), release(2, { isLive: true }), release(3)]
const plan = (releases: readonly ReleaseStanding[], profiles: readonly (readonly number[])[]) =>
  countingReleases(rankReleases(releases), profiles).map((part) => [part.release.version, part.unless.map(({ version }) => version)])

test('the live release has precedence, then the newest, and a yanked one is excluded', () => {
  expect(rankReleases([one, two, three]).map(({ version }) => version)).toEqual([2, 3, 1])
  expect(rankReleases([release(1, { state: 'DEPRECATED' }), two, release(3, { state: 'YANKED' })]).map(({ version }) => version)).toEqual([
    2, 1,
  ])
})

test.each([
  { title: 'all computed by the live release', profiles: [[1, 2], [2]], counts: [[2, []]] },
  { title: 'nothing computed by the live release yet', profiles: [[1]], counts: [[1, []]] },
  {
    title: 'half of it computed again',
    profiles: [[1], [1, 2]],
    counts: [
      [2, []],
      [1, [2]],
    ],
  },
  {
    title: 'two releases over different records',
    profiles: [[1], [2]],
    counts: [
      [2, []],
      [1, []],
    ],
  },
  {
    title: 'three that overlap',
    profiles: [[1], [1, 3], [1, 2, 3], [3]],
    counts: [
      [2, []],
      [3, [2]],
      [1, [2, 3]],
    ],
  },
  { title: 'no results at all', profiles: [], counts: [] },
])('whose rows count: $title', ({ profiles, counts }) => {
  expect(plan([one, two, three], profiles)).toEqual(counts)
})

test('coverage counts each record by its effective outcome, and adds up', () => {
  const profiles = [
    { records: 5n, results: [{ version: 2, status: 'PASSED' as const, rows: 9n }] },
    {
      records: 3n,
      results: [
        { version: 1, status: 'PASSED' as const, rows: 4n },
        { version: 2, status: 'EMPTY' as const, rows: 0n },
      ],
    },
    {
      records: 2n,
      results: [
        { version: 1, status: 'REJECTED' as const, rows: 0n },
        { version: 3, status: 'PASSED' as const, rows: 7n },
      ],
    },
    {
      records: 1n,
      results: [
        { version: 2, status: 'ERRORED' as const, rows: 0n },
        { version: 3, status: 'PASSED' as const, rows: 1n },
      ],
    },
  ]
  const coverage = { records: 20n, fresh: 5n, stale: 2n, empty: 3n, rejected: 0n, errored: 1n, missing: 9n }
  expect(coverageOf(20n, profiles, [one, two, three])).toEqual({ coverage, rows: 16n })
  // Without the third, what the first made counts again for the records it had.
  const yanked = coverageOf(20n, profiles, [one, two, release(3, { state: 'YANKED' })])
  expect(yanked).toEqual({ coverage, rows: 9n })
})
