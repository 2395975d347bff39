import { diffReleases, type DiffInput, type ReleaseDiff } from '@strata/domain/provenance'
import { releaseDiffs } from '@strata/infrastructure/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'
import { manifestWithHooks } from '../runs/manifest.ts'
import { compute, ended, publishedNumbers } from './compute.ts'
import { expectedDiff, type Asked } from './diff-oracle.ts'
import { madeOf, mutatingHook, type MadeRow } from './mutating-hook.ts'

const ns = Array.from({ length: 300 }, (_, n) => n + 1)
let archive: TestArchive
let published: readonly { readonly id: string; readonly n: number }[]

beforeAll(async () => {
  archive = await openArchive('one process')
  const deploy = async (version: number) => {
    const { errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifestWithHooks([mutatingHook(version)]),
    })
    expect(errors).toEqual([])
  }
  await deploy(1)
  const records = ns.map((n) => ({ sourceId: `r${n}`, metadata: { n } }))
  const { errors } = await archive.ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
    input: { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records },
  })
  expect(errors).toEqual([])
  await ended(archive.database, 1)
  await deploy(2)
  published = await publishedNumbers(archive.database)
  // The second has not computed the last twenty: they are in no comparison.
  await compute(archive.database, { convention: 'numbers', records: published.slice(0, 280).map(({ id }) => id) })
  await ended(archive.database, 2)
})
afterAll(() => archive[Symbol.asyncDispose]())

const diff = (input: Partial<DiffInput> = {}) =>
  diffReleases(releaseDiffs(archive.database.reader), { hook: 'mutating', from: 1, to: 2, ...input })
const asked = (o: Partial<Asked> = {}): Asked => ({ from: 1, to: 2, tolerance: 0, record: () => true, row: undefined, ...o })
const numbers = () => published.map(({ n }) => n)
const numberOf = (record: string) => published.find(({ id }) => id === record)?.n ?? 0

function summary(found: ReleaseDiff) {
  const { recordCount, added, removed, changed, unchanged } = found
  return {
    ...Object.fromEntries(Object.entries({ recordCount, added, removed, changed, unchanged }).map(([key, count]) => [key, Number(count)])),
    columns: new Map(found.columns.filter((one) => one.changed > 0n).map((one) => [one.column, Number(one.changed)])),
    flipped: new Map(found.flipped.map(({ from, to, count }) => [`${from} ${to}`, Number(count)])),
  }
}

test.each<{ title: string; input: Partial<DiffInput>; oracle: Partial<Asked> }>([
  { title: 'everything', input: {}, oracle: {} },
  { title: 'back from the second to the first', input: { from: 2, to: 1 }, oracle: { from: 2, to: 1 } },
  { title: 'a release with itself', input: { to: 1 }, oracle: { from: 1, to: 1 } },
  { title: 'small differences of numbers aside', input: { tolerance: 0.001 }, oracle: { tolerance: 0.001 } },
  { title: 'differences aside of numbers whatever they are', input: { tolerance: 1e300 }, oracle: { tolerance: 2 } },
  { title: 'some records', input: { filter: { lt: { column: 'records.n', value: 40 } } }, oracle: { record: (n) => n < 40 } },
  {
    title: 'rows that scored above 50 before or after',
    input: { filter: { gt: { column: 'score', value: 50 } } },
    oracle: { row: ({ score }) => (score ?? 0) > 50 },
  },
  {
    title: 'rows that did not score above 50, of some records',
    input: {
      tolerance: 0.001,
      filter: { all: [{ not: { gt: { column: 'mutating.score', value: 50 } } }, { gte: { column: 'records.n', value: 100 } }] },
    },
    oracle: { tolerance: 0.001, record: (n) => n >= 100, row: ({ score }) => !((score ?? 0) > 50) },
  },
  { title: 'rows with a word', input: { filter: { search: 'l1' } }, oracle: { row: ({ label }: MadeRow) => /^l1!?$/.test(label ?? '') } },
])('the counts are those of an oracle: $title', async ({ input, oracle }) => {
  const { differing, ...expected } = expectedDiff(oracle.to === 1 && oracle.from === 1 ? numbers() : numbers().slice(0, 280), asked(oracle))
  const found = await diff(input)
  expect(summary(found)).toEqual(expected)
  expect(found.examples).toHaveLength(Math.min(20, differing.length))
  expect(found.examples.map(({ record, ordinal, columns }) => ({ n: numberOf(record), ordinal, columns: [...columns] }))).toEqual(
    differing.slice(0, 20),
  )
})

test('examples are complete rows, as many as requested', async () => {
  const { examples } = await diff({ examples: 200 })
  expect(examples.length).toBeGreaterThan(100)
  for (const { record, ordinal, before, after } of examples) {
    const n = numberOf(record)
    const [old, now] = [madeOf(n, 1), madeOf(n, 2)].map((made) => ('rows' in made ? made.rows[ordinal] : undefined))
    expect({ before, after }).toEqual({ before: old, after: now })
  }
  expect((await diff({ examples: 0 })).examples).toEqual([])
})

test('numeric changes are counted by size, and add up with the gained and lost values', async () => {
  const { columns } = await diff()
  const score = columns.find(({ column }) => column === 'score')
  const level = columns.find(({ column }) => column === 'level')
  expect(level?.changes.map(({ from, to }) => [from, to])).toContainEqual([-100, -10])
  expect(score?.changes.map(({ from, to }) => [from, to])).toContainEqual([0.0001, 0.001])
  const changes = score?.changes.reduce((sum, { count }) => sum + count, 0n) ?? 0n
  expect(score?.gained).toBeGreaterThan(0n)
  expect(score?.lost).toBeGreaterThan(0n)
  expect(changes + (score?.gained ?? 0n) + (score?.lost ?? 0n)).toBe(score?.changed)
  expect(columns.find(({ column }) => column === 'seen')?.changes).toEqual([])
})

test('before the second release had computed, there is nothing to compare', async () => {
  const { rows } = await archive.database.pool.query(
    'select min(created_at) as at from hook_run where release_id = (select id from hook_release where version = 2)',
  )
  expect(await diff({ asOf: rows[0].at })).toMatchObject({ recordCount: 0n, added: 0n, unchanged: 0n, flipped: [], examples: [] })
  expect((await diff({ asOf: new Date() })).recordCount).toBe(280n)
})

test.each([
  { input: { hook: 'mutatin' }, field: 'hook', message: 'There is no hook "mutatin". Did you mean "mutating"?' },
  { input: { to: 3 }, field: 'to', message: '"mutating" has no version 3; it has versions 1 to 2.' },
  { input: { tolerance: -1 }, field: 'tolerance', message: expect.stringContaining('"tolerance" is 0 or more') },
  { input: { examples: 201 }, field: 'examples', message: expect.stringContaining('"examples" is 0 to 200') },
  {
    input: { convention: 'number' },
    field: 'convention',
    message: 'No convention "number" uses "mutating"; numbers does. Did you mean "numbers"?',
  },
  {
    input: { filter: { gt: { column: 'scor', value: 1 } } },
    field: 'filter.gt.column',
    message: expect.stringContaining('Did you mean "score"?'),
  },
  { input: { asOf: new Date(Date.now() + 86_400_000) }, field: 'asOf', message: expect.stringContaining('must be in the past') },
])('what cannot be compared is refused: $input', async ({ input, field, message }) => {
  await expect(diff(input)).rejects.toMatchObject({ field, message })
})
