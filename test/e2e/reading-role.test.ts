import { openReader, prepareReader } from '@strata/infrastructure/postgres'
import { createLogger } from '@strata/infrastructure/telemetry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { ended, publishedNumbers } from '../provenance/compute.ts'

/** Each asks for a row of the archive, for the run that made it, or for its record. */
const questions: Readonly<Record<string, string>> = {
  catalog: '{ datasets { tables { name rowCount } } }',
  dataset: '{ dataset(convention: "numbers") { tables { name rowCount } } }',
  'its citation': '{ dataset(convention: "numbers") { citation { id releases { version } } } }',
  'its licence': '{ dataset(convention: "numbers") { license } }',
  'citation of a record': 'query ($record: SRN!) { record(srn: $record) { citation { id text } } }',
  rows: '{ rows(convention: "numbers", table: "doubled", filter: { gt: { column: "records.n", value: 1 } }) { totalCount nodes { values stale } } }',
  search: '{ rows(convention: "numbers", table: "records", filter: { search: "r1" }) { nodes { values } } }',
  'rows of a time': '{ rows(convention: "numbers", table: "doubled", asOf: "2024-01-01T00:00:00Z") { nodes { values } } }',
  row: 'query ($row: ID!) { row(id: $row) { values } }',
  aggregate:
    '{ aggregate(convention: "numbers", table: "doubled", groupBy: ["records.n"], measures: [{ op: AVG, column: "value" }]) { keys measures } }',
  histogram: '{ histogram(convention: "numbers", table: "records", column: "n") { buckets { count } } }',
  'outcomes of a record': 'query ($record: SRN!) { record(srn: $record) { outcomes { status staleBecause } } }',
  'features of a record': 'query ($record: SRN!) { record(srn: $record) { features(hook: "doubled") { values } } }',
  why: 'query ($row: ID!) { why(row: $row) { staleBecause supersedes { values } } }',
  'blast radius':
    'query ($run: ID!) { blastRadius(of: { run: $run }) { effectiveRowCount records { totalCount nodes { srn } } runs { nodes { id } } } }',
  'release diff': '{ releaseDiff(hook: "doubled", from: 1, to: 2) { added removed } }',
  provenance: 'query ($record: ID!) { provenance(of: $record) { nodes { id } } }',
  'provenance of somebody': '{ provenance(of: "agent:user:operator") { nodes { id } } }',
  citing: 'mutation { cite(convention: "numbers", table: "doubled") { id rowCount } }',
}
const pages = [
  '/data/numbers/doubled.csv',
  '/data/numbers/doubled.parquet',
  '/data/numbers/records.jsonl',
  '/data/numbers/doubled.csv.meta.json',
  '/data/numbers/croissant.json',
  '/llms.txt',
  '/provenance/<record>.prov.json',
]

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  let variables: Record<string, string>

  beforeAll(async () => {
    archive = await openArchive(topology)
    const ask = async (query: string, input: unknown) => expect((await archive.ask(query, { input })).errors).toEqual([])
    const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
    await ask(deploy, manifestWithHooks([hookInput({})]))
    await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      convention: 'numbers',
      source: { import: { sourceNode: 'here' } },
      records: [1, 2, 3].map((n) => ({ sourceId: `r${n}`, metadata: { n } })),
    })
    await ended(archive.database, 1)
    await ask(deploy, manifestWithHooks([hookInput({ config: { again: true } })]))
    const [{ id = '' } = {}] = await publishedNumbers(archive.database)
    const { data } = await archive.ask(
      '{ rows(convention: "numbers", table: "doubled", release: 1) { nodes { id run { id } record { srn } } } }',
    )
    const [row] = data.rows.nodes
    variables = { row: row.id, run: row.run.id, record: row.record.srn.replace(/rec:.*@/, `rec:${id}@`) }
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  /** The codes of what is refused, and the statuses. */
  async function asked(): Promise<Record<string, unknown>> {
    const answers: Record<string, unknown> = {}
    for (const [name, query] of Object.entries(questions)) {
      const used = Object.fromEntries(Object.entries(variables).filter(([variable]) => query.includes(`$${variable}:`)))
      const { errors } = await archive.ask(query, used)
      answers[name] = errors.length === 0 ? 'answered' : [...new Set(errors.map(({ extensions }) => extensions.code))].join()
    }
    for (const page of pages) {
      const answer = await fetch(new URL(page.replace('<record>', encodeURIComponent(variables['record'] ?? '')), archive.url)).catch(
        () => undefined,
      )
      answers[page] = answer?.status === 200 ? 'answered' : 'INTERNAL'
      await answer?.body?.cancel()
    }
    return answers
  }
  const all = (answer: string) => Object.fromEntries([...Object.keys(questions), ...pages].map((name) => [name, answer]))

  test('all queries on data use the reader role and no other', { timeout: 120_000 }, async () => {
    expect(await asked()).toEqual(all('answered'))
    const { pool, url, reader } = archive.database
    await pool.query('revoke select on all tables in schema public, features, metadata from strata_reader')
    expect(await asked()).toEqual(all('INTERNAL'))
    await prepareReader({ url, readUrl: reader.url })
    expect(await asked()).toEqual(all('answered'))
  })
})

test('without a reader role, data is read in read-only sessions', async () => {
  await using archive = await openArchive('one process', { DATABASE_READ_URL: '' })
  const { data } = await archive.ask('{ datasets { tables { name } } }')
  expect(data).toEqual({ datasets: [] })

  const log = createLogger({ level: 'silent', format: 'json' }, 'test')
  const reader = await openReader({
    url: archive.database.url,
    readUrl: undefined,
    readsPerCaller: undefined,
    poolSize: 2,
    name: 'test',
    log,
  })
  try {
    await expect(reader.pool.query(`update archive set domain = 'elsewhere'`)).rejects.toMatchObject({ code: '25006' })
  } finally {
    await reader.close()
  }
})
