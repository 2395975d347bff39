import {
  parseAggregation,
  parseCursor,
  parseHistogram,
  parseReading,
  printCursor,
  type DataColumn,
  type ReadableDataset,
  type ReadingInput,
} from '@strata/domain/dataset'
import type { JsonObject } from '@strata/domain/shared'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { questionOf, rowOf } from './arbitrary.ts'
import { openDatasets, type OpenDatasets } from './open-dataset.ts'
import { answer, groupsOf, valuesOf, type Universe } from './oracle.ts'
import { told, things } from './things.ts'

let archive: OpenDatasets
let universe: Universe
// Another universe each time; the seed says which, and stands in the message of whatever fails.
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

beforeAll(async () => {
  archive = await openDatasets()
  await archive.deploy(things)
  universe = await populate(await archive.readable('things'))
})
afterAll(() => archive[Symbol.asyncDispose]())

test('pages match an oracle for random queries', async () => {
  await fc.assert(
    fc.asyncProperty(questionOf(universe.dataset), fc.integer({ min: 3, max: 60 }), async (question, first) => {
      const expected = answer(universe, question)
      const { rows, count } = await readByCursor(universe.dataset, question, first)
      expect(rows, `SEED=${seed}`).toEqual(expected.map(({ record, ordinal }) => `${record}.${ordinal}`))
      expect(count, `SEED=${seed}`).toBe(expected.length)
    }),
    { numRuns: Number(process.env['RUNS'] ?? 400), seed },
  )
})

test('groups match an oracle for random queries', async () => {
  const numberColumns = { records: ['size', 'number'], parts: ['weight', 'place', 'records.size'], grade: ['score', 'records.number'] }
  const keyColumns = {
    records: ['name', 'is_good', 'day'],
    parts: ['label', 'place', 'records.is_good'],
    grade: ['remark', 'records.name'],
  }
  await fc.assert(
    fc.asyncProperty(questionOf(universe.dataset), fc.nat(), async ({ table, filter }, pick) => {
      const of = table as keyof typeof keyColumns
      const groupBy = keyColumns[of].filter((_, i) => (pick >> i) % 2 === 1)
      const measured = numberColumns[of][pick % numberColumns[of].length] ?? ''
      const measures = [{ op: 'COUNT' }, ...['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'MEDIAN'].map((op) => ({ op, column: measured }))]
      const groups = await archive.datasets.aggregate(parseAggregation(universe.dataset, { table, filter, groupBy, measures, limit: 1000 }))
      const expected = groupsOf(universe, { table, filter, orderBy: groupBy.map((column) => ({ column, direction: 'ASC' })) }, measured)
      expect(
        groups.map(({ keys, measures }) => [keys, Object.values(measures)]),
        `SEED=${seed}`,
      ).toEqual(expected)
    }),
    { numRuns: 150, seed },
  )
})

test('buckets contain every value once for random queries', async () => {
  const columns = { records: ['size', 'number', 'day'], parts: ['weight', 'day', 'records.size'], grade: ['score'] }
  await fc.assert(
    fc.asyncProperty(questionOf(universe.dataset), fc.nat(), fc.integer({ min: 1, max: 200 }), async ({ table, filter }, pick, buckets) => {
      const some = columns[table as keyof typeof columns]
      const column = some[pick % some.length] ?? ''
      const histogram = await archive.datasets.histogram(parseHistogram(universe.dataset, { table, filter, column, buckets }))
      const values = valuesOf(universe, { table, filter, orderBy: [] }, column)
      const present = values.filter((value) => value !== null)
      const expected = histogram.buckets.map(({ from, to }, i) => {
        const isLast = i === histogram.buckets.length - 1
        return present.filter((value) => value >= (from ?? 0) && (isLast ? value <= (to ?? 0) : value < (to ?? 0))).length
      })
      expect(
        histogram.buckets.map(({ count }) => Number(count)),
        `SEED=${seed}`,
      ).toEqual(expected)
      expect(expected.reduce((sum, count) => sum + count, 0)).toBe(present.length)
      expect(Number(histogram.nulls)).toBe(values.length - present.length)
      expect(histogram.buckets.length).toBeLessThanOrEqual(buckets)
    }),
    { numRuns: 150, seed },
  )
})

test('every value is read back unchanged', async () => {
  for (const { name } of universe.dataset.tables) {
    const reading = parseReading(universe.dataset, { table: name })
    const { items } = await archive.datasets.rowPage(reading, { first: 1000 })
    const expected = answer(universe, { table: name, orderBy: [] })
    expect(items.map(({ row }) => row.values)).toEqual(expected.map(({ values }) => asPrinted(values)))
  }
})

async function readByCursor(dataset: ReadableDataset, question: ReadingInput, first: number) {
  const reading = parseReading(dataset, question)
  const rows: string[] = []
  for (let after: string | undefined; ;) {
    const page = await archive.datasets.rowPage(reading, after === undefined ? { first } : { first, after: parseCursor(reading, after) })
    rows.push(...page.items.map(({ row }) => `${row.record}.${row.made?.ordinal ?? 0}`))
    const last = page.items.at(-1)
    if (last === undefined || !page.hasNextPage) return { rows, count: await archive.datasets.rowCount(reading) }
    after = printCursor(reading, last.place)
  }
}

/** Publishes records made up at random and waits for their hooks; rows with nothing where there is no value. */
async function populate(dataset: ReadableDataset): Promise<Universe> {
  const [records, parts, grade] = dataset.tables
  if (records === undefined || parts === undefined || grade === undefined) throw new Error('tables are missing')
  const fields = records.columns.filter(({ name }) => !name.endsWith('_told'))
  const one = fc.record({
    metadata: rowOf(fields),
    parts: fc.array(rowOf(parts.columns), { maxLength: 4 }),
    grade: fc.array(rowOf(grade.columns), { maxLength: 1 }),
  })
  const made = fc.sample(one, { numRuns: 60, seed }).map((thing) => ({
    ...thing,
    metadata: { ...thing.metadata, parts_told: told(thing.parts), grade_told: told(thing.grade) },
  }))
  const ids = await archive.publish(
    'things',
    made.map(({ metadata }, i) => ({ sourceId: `thing ${i}`, metadata })),
  )
  await archive.settled()
  const rowsOf = (rows: (thing: (typeof made)[number]) => readonly JsonObject[], columns: readonly DataColumn[]) =>
    made.flatMap((thing, i) => rows(thing).map((values, ordinal) => ({ record: ids[i] ?? '', ordinal, values: whole(values, columns) })))
  return {
    dataset,
    rows: new Map([
      ['records', rowsOf(({ metadata }) => [metadata], records.columns)],
      ['parts', rowsOf(({ parts }) => parts, parts.columns)],
      ['grade', rowsOf(({ grade }) => grade, grade.columns)],
    ]),
  }
}

function whole(values: JsonObject, columns: readonly DataColumn[]): JsonObject {
  return Object.fromEntries(columns.map(({ name }) => [name, values[name] ?? null]))
}

/** Times are printed in UTC, UUIDs in lower case. */
function asPrinted(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (name === 'moment' && typeof value === 'string') return [name, inUtc(value)]
      return [name, name === 'key' && typeof value === 'string' ? value.toLowerCase() : value]
    }),
  )
}

function inUtc(time: string): string {
  const fraction = /\.\d+/.exec(time)?.[0] ?? ''
  return `${new Date(time.replace(/\.\d+/, '')).toISOString().slice(0, 19)}${fraction}Z`
}
