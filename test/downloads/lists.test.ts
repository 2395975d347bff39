import { expect, test } from 'vitest'
import { manifest, openArchive } from '../support/index.ts'
import { duckdb } from './read-back.ts'

const types = ['TEXT', 'NUMBER', 'INTEGER', 'BOOLEAN', 'DATE', 'DATETIME', 'URL'] as const
const many = types.map((type) => ({ name: `of_${type.toLowerCase()}`, type, cardinality: 'MANY' as const, required: false }))
const values = {
  of_text: ['a "b"', '', 'ü,\n'],
  of_number: [1.5, -2e300, 3],
  of_integer: [9_007_199_254_740_991, -1, 0],
  of_boolean: [true, false],
  of_date: ['2026-01-31', '1969-12-31'],
  of_datetime: ['2026-01-31T12:00:00.123456Z', '1960-01-01T00:00:00Z'],
  of_url: ['https://example.org/a'],
}

test('columns of lists are lists in Parquet, whatever is in them', { timeout: 60_000 }, async () => {
  await using archive = await openArchive('one process')
  const input = {
    ...manifest(),
    slug: 'lists',
    schema: { id: 'lists', version: '1.0.0', fields: [{ name: 'n', type: 'INTEGER' }, ...many] },
    hooks: [],
  }
  expect((await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input })).errors).toEqual([])
  const records = [{ n: 1, ...values }, { n: 2, of_text: [] }, { n: 3 }].map((metadata) => ({ sourceId: String(metadata.n), metadata }))
  const { data, errors } = await archive.ask(
    'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount results { findings { message } } } }',
    {
      input: { convention: 'lists', source: { import: { sourceNode: 'here' } }, records },
    },
  )
  expect([errors, data.publishRecords]).toMatchObject([[], { publishedCount: 3 }])

  const bytes = new Uint8Array(await (await fetch(new URL('/data/lists/records.parquet', archive.url))).arrayBuffer())
  const described = await duckdb(
    bytes,
    'parquet',
    "select column_name, column_type from (describe select * from {file}) where column_name like 'of_%'",
  )
  expect(Object.fromEntries(described.map(({ column_name, column_type }) => [column_name, column_type]))).toEqual({
    of_text: 'VARCHAR[]',
    of_number: 'DOUBLE[]',
    of_integer: 'BIGINT[]',
    of_boolean: 'BOOLEAN[]',
    of_date: 'DATE[]',
    of_datetime: 'TIMESTAMP WITH TIME ZONE[]',
    of_url: 'VARCHAR[]',
  })
  const [first] = await duckdb(
    bytes,
    'parquet',
    `
    select to_json(of_text) as of_text, to_json(of_number) as of_number, to_json(of_integer) as of_integer, to_json(of_boolean) as of_boolean, to_json(of_date) as of_date,
      to_json(list_transform(of_datetime, lambda t: epoch_us(t))) as of_datetime, to_json(of_url) as of_url from {file} where n = 1`,
  )
  expect(Object.fromEntries(Object.entries(first ?? {}).map(([name, json]) => [name, JSON.parse(String(json))]))).toEqual({
    ...values,
    of_datetime: [Date.parse('2026-01-31T12:00:00Z') * 1000 + 123_456, Date.parse('1960-01-01T00:00:00Z') * 1000],
  })
  const others = await duckdb(
    bytes,
    'parquet',
    'select n::int as n, len(of_text) as count, of_text is null as missing, of_date is null as other from {file} where n > 1 order by n',
  )
  expect(others.map(({ n, count, missing, other }) => [n, count === null ? null : Number(count), missing, other])).toEqual([
    [2, 0, false, true],
    [3, null, true, true],
  ])
})
