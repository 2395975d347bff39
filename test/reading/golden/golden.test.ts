import { join } from 'node:path'
import { parseAggregation, parseHistogram, parseReading, type ReadableDataset } from '@strata/domain/dataset'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatasets } from '../open-dataset.ts'
import { fewThings } from './few-things.ts'
import { pageOf } from './page-of.ts'
import { aggregations, histograms, pages, readings, type Golden } from './questions.ts'
import { recorded } from './statements.ts'

// Each question, the SQL that is made of it, and what that answers, in one page a person can read. When SQL changes on purpose:
// vitest run test/reading/golden -u, and read what changed.

let archive: OpenDatasets
let dataset: ReadableDataset
let record: ReturnType<typeof recorded>
beforeAll(async () => {
  archive = await fewThings()
  dataset = await archive.readable('things')
  record = recorded(archive.database.reader)
})
afterAll(() => archive[Symbol.asyncDispose]())

test.each(Object.entries(readings))('%s', async (topic, questions) => {
  await expect(await pageOf(topic, questions, read, record)).toMatchFileSnapshot(join(import.meta.dirname, `${topic}.md`))
})

test('pages', async () => {
  await expect(await pageOf('pages', pages, readSecondPage, record)).toMatchFileSnapshot(join(import.meta.dirname, 'pages.md'))
})

test('aggregates', async () => {
  const answer = (input: object) => record.datasets.aggregate(parseAggregation(dataset, input as Parameters<typeof parseAggregation>[1]))
  await expect(await pageOf('aggregates', aggregations, answer, record)).toMatchFileSnapshot(join(import.meta.dirname, 'aggregates.md'))
})

test('histograms', async () => {
  const answer = async (input: object) => {
    const { buckets, nulls } = await record.datasets.histogram(parseHistogram(dataset, input as Parameters<typeof parseHistogram>[1]))
    return [...buckets, `without a value: ${nulls}`]
  }
  await expect(await pageOf('histograms', histograms, answer, record)).toMatchFileSnapshot(join(import.meta.dirname, 'histograms.md'))
})

async function read(input: Golden['input']): Promise<readonly unknown[]> {
  const { items } = await record.datasets.rowPage(parseReading(dataset, input), { first: 50 })
  return items.map(({ row }) => shown(row.values))
}

async function readSecondPage({ first = 2, ...input }: Golden['input']): Promise<readonly unknown[]> {
  const reading = parseReading(dataset, input)
  const page = await record.datasets.rowPage(reading, { first })
  const after = page.items.at(-1)?.place
  if (after === undefined) throw new Error('there is no first page')
  record.take()
  const { items } = await record.datasets.rowPage(reading, { first, after })
  return items.map(({ row }) => shown(row.values))
}

/** What has a value, without what the hooks were told. */
function shown(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null && !name.endsWith('_told')))
}
