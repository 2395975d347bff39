import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { DuckDBListValue } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { deployHostile, hostileTexts, publishHostile, untilComputed } from './hostile-data.ts'
import { duckdb } from './read-back.ts'

const records = hostileTexts.length * 3

interface Row {
  readonly _record: string
  readonly [column: string]: unknown
}

describe.each(topologies)('what is downloaded from an archive in %s', (topology) => {
  let archive: TestArchive
  const expected: { records: Row[]; measured: Row[] } = { records: [], measured: [] }
  beforeAll(async () => {
    archive = await openArchive(topology)
    await deployHostile(archive)
    await publishHostile(archive, records)
    await untilComputed(archive)
    expected.records = await pages('records')
    expected.measured = await pages('measured')
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  /** All rows as the API shows them, page by page. */
  async function pages(table: string): Promise<Row[]> {
    const rows: Row[] = []
    for (let after: string | null = null; ;) {
      const { data, errors } = await archive.ask(
        `query ($table: String!, $after: String) { rows(convention: "hostile", table: $table, first: 500, after: $after) {
          nodes { values stale record { srn } run { id release { version } } } pageInfo { hasNextPage endCursor } } }`,
        { table, after },
      )
      expect(errors).toEqual([])
      for (const { values, stale, record, run } of data.rows.nodes) {
        rows.push({
          _record: record.srn,
          ...(run === null ? {} : { _run: run.id, _release: run.release.version, _stale: stale }),
          ...values,
        })
      }
      if (!data.rows.pageInfo.hasNextPage) return rows
      after = data.rows.pageInfo.endCursor
    }
  }
  const get = async (path: string) => {
    const response = await fetch(new URL(path, archive.url))
    return { response, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const withoutOrdinal = ({ _ordinal, ...row }: Row) => row

  test('there is something to download', () => {
    expect(expected.records).toHaveLength(records)
    expect(expected.measured).toHaveLength(records * 3)
    for (const text of hostileTexts) expect(expected.measured.some((row) => row['text'] === text)).toBe(true)
  })

  test.each(['records', 'measured'] as const)('JSON lines of %s are the rows that pages show, in the same order', async (table) => {
    const { response, bytes } = await get(`/data/hostile/${table}.jsonl`)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    const rows = bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row)
    expect(rows.map(withoutOrdinal)).toEqual(expected[table])
    if (table === 'measured') expect(rows.map(({ _ordinal }) => _ordinal)).toEqual(rows.map((_, i) => i % 3))
  })

  test.each(['records', 'measured'] as const)(
    'CSV of %s tells a missing value from an empty text, and another program reads every cell',
    async (table) => {
      const { response, bytes } = await get(`/data/hostile/${table}.csv`)
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
      const rows = await duckdb(
        bytes,
        'csv',
        `select * from read_csv({file}, header = true, all_varchar = true, nullstr = '', allow_quoted_nulls = false, quote = '"', escape = '"', delim = ',', new_line = '\\n', max_line_size = 1000000, strict_mode = false)`,
      )
      expect(rows).toHaveLength(expected[table].length)
      rows.forEach((row, i) => {
        const { _ordinal, ...cells } = row
        const want = Object.fromEntries(Object.entries(expected[table][i] ?? {}).map(([name, value]) => [name, csvCell(value)]))
        expect(withNumbers(cells, want)).toEqual(want)
      })
    },
  )

  test.each(['records', 'measured'] as const)('Parquet of %s has the types of its columns', async (table) => {
    const { response, bytes } = await get(`/data/hostile/${table}.parquet`)
    expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet')
    const types = await duckdb(
      bytes,
      'parquet',
      'select name, type, converted_type, logical_type from parquet_schema({file}) where type is not null',
    )
    const typeOf = Object.fromEntries(
      types.map(({ name, type, logical_type }) => [name, `${String(type)} ${String(logical_type ?? '')}`.trim()]),
    )
    if (table === 'measured') {
      expect(typeOf).toMatchObject({
        _record: 'BYTE_ARRAY StringType()',
        _run: 'BYTE_ARRAY StringType()',
        _release: 'INT64',
        _ordinal: 'INT64',
        _stale: 'BOOLEAN',
        text: 'BYTE_ARRAY StringType()',
        number: 'DOUBLE',
        whole: 'INT64',
        flag: 'BOOLEAN',
        day: 'INT32 DateType()',
        id: 'BYTE_ARRAY StringType()',
        json: 'BYTE_ARRAY JsonType()',
      })
      expect(typeOf['moment']).toMatch(/^INT64 TimestampType\(isAdjustedToUTC=(1|true).*MICRO/)
    }
    const shown = table === 'records' ? `seen` : `moment`
    const rows = await duckdb(
      bytes,
      'parquet',
      `select * replace (epoch_us(${shown})::varchar as ${shown}${table === 'measured' ? ', day::varchar as day' : ''}) from {file}`,
    )
    expect(rows.map((row) => plain(row))).toEqual(expected[table].map((row, i) => wanted(row, table === 'measured' ? i % 3 : undefined)))
  })

  test('compressed CSV is the same CSV, and its bytes are the same each time', async () => {
    const [one, other, csv] = [
      await get('/data/hostile/measured.csv.gz'),
      await get('/data/hostile/measured.csv.gz'),
      await get('/data/hostile/measured.csv'),
    ]
    expect(one.response.headers.get('content-type')).toBe('application/gzip')
    expect(one.response.headers.get('content-encoding')).toBeNull()
    expect(gunzipSync(one.bytes).equals(csv.bytes)).toBe(true)
    expect(one.bytes.equals(other.bytes)).toBe(true)
    expect(one.bytes.subarray(4, 8)).toEqual(Buffer.alloc(4))
  })

  test.each(['csv', 'csv.gz', 'jsonl', 'parquet'])('the manifest of %s tells what its address downloads, to the byte', async (format) => {
    const { bytes } = await get(`/data/hostile/measured.${format}.meta.json`)
    const manifest = JSON.parse(bytes.toString())
    expect(manifest).toMatchObject({
      convention: 'hostile',
      table: 'measured',
      format,
      rows: records * 3,
      filter: null,
      orderBy: [],
      release: null,
      licence: null,
      releases: [
        {
          hook: 'measured',
          version: 1,
          rows: records * 3,
          digest: expect.stringMatching(/^sha256:/),
          sourceRef: expect.stringContaining('example.org/hooks'),
        },
      ],
      citation: expect.stringContaining('Hostile data'),
      generator: 'strata-downloads/1',
    })
    expect(manifest.columns.find((column: { name: string }) => column.name === 'number')).toEqual({
      name: 'number',
      type: 'NUMBER',
      listOf: null,
      required: false,
      description: null,
      unit: 'Å',
    })
    const again = await fetch(manifest.url)
    const content = Buffer.from(await again.arrayBuffer())
    expect(content).toHaveLength(manifest.bytes)
    expect(`sha256:${createHash('sha256').update(content).digest('hex')}`).toBe(manifest.sha256)
    expect(again.headers.get('content-length')).toBe(String(manifest.bytes))
    const bare = await get(`/data/hostile/measured.${format}`)
    expect(bare.bytes.equals(content)).toBe(true)
  })

  test('cells that a spreadsheet would run are escaped on request', async () => {
    const filter = encodeURIComponent(
      JSON.stringify({ in: { column: 'text', values: ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r', 'plain'] } }),
    )
    const { bytes } = await get(`/data/hostile/measured.csv?formulas=escape&columns=text,whole&filter=${filter}`)
    const rows = await duckdb(
      bytes,
      'csv',
      `select * from read_csv({file}, header = true, all_varchar = true, quote = '"', escape = '"', delim = ',', new_line = '\\n', strict_mode = false)`,
    )
    const shown = new Set(rows.map(({ text }) => text))
    expect(shown).toEqual(new Set(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r", 'plain']))
    expect(rows.some(({ whole }) => String(whole).startsWith('-'))).toBe(true)
  })
})

/** As CSV has it. */
function csvCell(value: unknown): unknown {
  if (value === null) return null
  if (typeof value === 'object') return value
  return String(value)
}

/** Numbers and JSON may be spelt in several ways; what they say is compared. */
function withNumbers(cells: Record<string, unknown>, want: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => {
      const wanted = want[name]
      if (typeof cell !== 'string' || cell === wanted) return [name, cell]
      if (name === 'json' || name === 'tags') return [name, csvCell(JSON.parse(cell))]
      return [name, name === 'number' || name === 'mass' ? String(Number(cell)) : cell]
    }),
  )
}

function wanted(row: Row, ordinal: number | undefined): object {
  return Object.fromEntries(
    [...Object.entries(row), ...(ordinal === undefined ? [] : [['_ordinal', ordinal] as const])].map(([name, value]) => {
      if ((name === 'moment' || name === 'seen') && typeof value === 'string') return [name, microseconds(value)]
      return [name, (name === 'json' || name === 'tags') && value !== null ? value : value]
    }),
  )
}

function microseconds(time: string): string {
  const [, seconds = '', fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(time) ?? []
  return String(BigInt(Date.parse(`${seconds}Z`)) * 1_000n + BigInt(fraction.padEnd(6, '0')))
}

function plain(row: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value === 'bigint') return [name, Number(value)]
      if (name === 'tags' && value instanceof DuckDBListValue) return [name, value.items]
      return [name, (name === 'json' || name === 'tags') && typeof value === 'string' ? JSON.parse(value) : value]
    }),
  )
}
