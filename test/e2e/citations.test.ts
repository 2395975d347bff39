import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { compute, ended, publishedNumbers } from '../provenance/compute.ts'

const scaled = (factor: number) =>
  hookInput({
    name: 'scaled',
    source: `export default async ({ record }) => [{ value: (record.metadata.n ?? 0) * ${factor}, word: 'v${factor}' }]`,
  })

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    await ask(deploy, { input: manifestWithHooks([scaled(1)]) })
    await publish(1, 20)
    await ended(archive.database, 1)
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await archive.ask(query, variables)
    expect(errors).toEqual([])
    return data
  }
  const publish = (from: number, count: number) =>
    ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      input: {
        convention: 'numbers',
        source: { import: { sourceNode: 'here' } },
        records: Array.from({ length: count }, (_, i) => ({ sourceId: `r${from + i}`, metadata: { n: from + i } })),
      },
    })
  const cite = `mutation ($table: String!, $filter: Filter, $orderBy: [OrderBy!]) {
    cite(convention: "numbers", table: $table, filter: $filter, orderBy: $orderBy) { id text url asOf rowCount } }`
  const open = `query ($id: ID!) { citation(id: $id) { id text bibtex cslJson url asOf convention { title } record { srn } table filter orderBy rowCount
    releases { version } rows(first: 100) { totalCount nodes { id values record { srn } run { release { version } } } } } }`
  const opened = async (id: string) => (await ask(open, { id })).citation
  const get = async (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, archive.url), { headers })
  /** All that the page says, but what happened since. */
  const withoutChanges = (page: string) => ({ ...JSON.parse(page), changes: [], changeCount: 0 })
  const body = async (path: string, accept?: string) => {
    const answer = await get(path, accept === undefined ? {} : { accept })
    expect(answer.status).toBe(200)
    return answer.text()
  }

  test('a citation keeps its rows, whatever happens afterwards', { timeout: 120_000 }, async () => {
    const large = { gt: { column: 'value', value: 4 } }
    const few = { all: [{ lte: { column: 'records.n', value: 12 } }, large] }
    const { cite: rows } = await ask(cite, { table: 'scaled', filter: few, orderBy: [{ column: 'value', direction: 'DESC' }] })
    const { cite: records } = await ask(cite, { table: 'records', filter: { lt: { column: 'n', value: 6 } } })
    expect([rows.rowCount, records.rowCount]).toEqual([8, 5])
    const { dataset } = await ask('{ dataset(convention: "numbers") { citation { id text url asOf releases { version } } } }')
    const all = dataset.citation
    const {
      rows: {
        nodes: [{ record }],
      },
    } = await ask(
      '{ rows(convention: "numbers", table: "records", first: 1) { nodes { record { srn citation { id text releases { version } } } } } }',
    )

    const ids = [rows.id, records.id, all.id, record.citation.id]
    const landings = ids.map((id) => `/cite/${id}`)
    const tables = Object.values(JSON.parse(await body(landings[2] ?? '')).links).flatMap((link) =>
      typeof link === 'object' && link !== null ? [(link as { csv: string }).csv] : [],
    )
    expect(tables).toHaveLength(2)
    const everything = async () => ({
      opened: await Promise.all(ids.map(opened)),
      landings: await Promise.all([rows.id, records.id].map(async (id) => withoutChanges(await body(`/cite/${id}`)))),
      texts: await Promise.all(ids.map((id) => body(`/cite/${id}.txt`))),
      files: await Promise.all([`/cite/${rows.id}.csv`, `/cite/${rows.id}.jsonl`, `/cite/${records.id}.csv`].map((path) => body(path))),
    })
    const before = await everything()
    const wholeBefore = await Promise.all(tables.map((url) => body(url)))
    expect(before.opened[0].rows.nodes.map(({ values }: { values: { value: number } }) => values.value)).toEqual([
      12, 11, 10, 9, 8, 7, 6, 5,
    ])
    expect(before.opened[0]).toMatchObject({
      table: 'scaled',
      filter: few,
      orderBy: [{ column: 'value', direction: 'DESC' }],
      releases: [{ version: 1 }],
      convention: { title: 'Numbers' },
    })
    expect(before.opened[1].rows.totalCount).toBe(5)
    expect([before.opened[2].rows, before.opened[2].releases, before.opened[3].record.srn]).toEqual([null, [{ version: 1 }], record.srn])

    // Citing it again while nothing has changed is the same citation.
    expect((await ask(cite, { table: 'scaled', filter: few, orderBy: [{ column: 'value', direction: 'DESC' }] })).cite.id).toBe(rows.id)

    await publish(100, 5)
    await ended(archive.database, 2)
    await ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { release { version } } }', {
      input: { hook: 'scaled', release: scaled(3).release },
    })
    expect(await everything()).toEqual(before)
    const numbers = await publishedNumbers(archive.database)
    await compute(archive.database, { convention: 'numbers', records: numbers.slice(0, 10).map(({ id }) => id) })
    await ended(archive.database, 3)
    expect(await everything()).toEqual(before)
    await compute(archive.database, { convention: 'numbers', records: numbers.slice(10).map(({ id }) => id) })
    await ended(archive.database, 4)
    await ask('mutation { setReleaseState(input: { hook: "scaled", version: 1, state: YANKED, reason: "wrong" }) { release { id } } }')
    expect(await everything()).toEqual(before)
    expect(await Promise.all(tables.map((url) => body(url)))).toEqual(wholeBefore)
    // Now "records" is another table, and the hook is none of the convention's.
    const renamed = {
      ...manifestWithHooks([]),
      schema: {
        id: 'number',
        version: '2.0.0',
        fields: [{ name: 'k', type: 'INTEGER' as const, required: false, cardinality: 'ONE' as const }],
      },
    }
    await ask(deploy, { input: renamed })
    expect(await everything()).toEqual(before)
    await ask(deploy, { input: { ...renamed, hooks: [scaled(3)] } })
  })

  test('it is printed for a list of references, for BibTeX and for reference managers', async () => {
    const {
      cite: { id, text, asOf },
    } = await ask(cite, { table: 'scaled', filter: { search: 'v3' } })
    const year = asOf.slice(0, 4)
    expect(text).toBe(`Numbers (${year}). Table "scaled", a selection of 25 rows, as of ${asOf}. localhost. /cite/${id}`)
    const url = new URL(`/cite/${id}`, archive.url).href
    expect(await body(`/cite/${id}.txt`)).toBe(
      `Numbers (${year}). Table "scaled", a selection of 25 rows, as of ${asOf}. localhost. ${url}\n`,
    )
    const bibtex = await body(`/cite/${id}`, 'application/x-bibtex')
    expect(bibtex).toMatch(
      new RegExp(`^@misc\\{numbers-${id},\n  author = \\{\\{localhost\\}\\},\n  title = \\{\\{Numbers\\}\\},\n  year = \\{${year}\\},`),
    )
    expect(bibtex).toContain(`  url = {${url}}`)
    expect(bibtex).toContain('Made by scaled 2 (sha256:')
    expect(await body(`/cite/${id}.bib`)).toBe(bibtex)
    expect(JSON.parse(await body(`/cite/${id}.csl.json`))).toMatchObject({
      type: 'dataset',
      title: 'Numbers',
      version: asOf,
      URL: url,
      author: [{ literal: 'localhost' }],
    })
    const landing = JSON.parse(await body(`/cite/${id}`, 'text/html,application/json;q=0.9'))
    expect(landing).toMatchObject({
      id,
      asOf,
      rowCount: 25,
      releases: [{ hook: 'scaled', version: 2, rows: 25 }],
      links: { csv: `${url}.csv`, parquet: `${url}.parquet` },
    })
  })

  test('an unknown citation is not found, and invalid requests to cite are refused', async () => {
    const refused = async (query: string, variables: Record<string, unknown>, client = archive.ask) => {
      const {
        errors: [error],
      } = await client(query, variables)
      return [error?.extensions.code, error?.extensions.field]
    }
    const future = `numbers@${new Date(Date.now() + 60_000).toISOString()}`
    const before = 'numbers@2001-01-01T00:00:00.000Z'
    for (const id of ['222222222222', 'nonsense', future, before, 'nothing@2026-01-01T00:00:00.000Z']) {
      expect([id, ...(await refused(open, { id }))]).toEqual([id, 'NOT_FOUND', 'id'])
    }
    expect(await refused(open, { id: '\0' })).toEqual(['BAD_USER_INPUT', 'id'])
    expect((await get('/cite/222222222222')).status).toBe(404)
    const { dataset } = await ask('{ dataset(convention: "numbers") { citation { id } } }')
    expect((await get(`/cite/${dataset.citation.id}.csv`)).status).toBe(404)
    expect(await refused(cite, { table: 'nothing' })).toEqual(['NOT_FOUND', 'table'])
    expect(await refused(cite, { table: 'scaled', filter: { eq: { column: 'valu', value: 1 } } })).toEqual([
      'BAD_USER_INPUT',
      'filter.eq.column',
    ])
    expect(await refused(cite, { table: 'scaled' }, await archive.as())).toEqual(['UNAUTHENTICATED', undefined])
    expect(await refused(cite, { table: 'scaled' }, await archive.as({ scopes: ['hooks:write'] }))).toEqual(['FORBIDDEN', undefined])
    const somebody = await archive.as({ roles: ['DEPOSITOR'] })
    expect((await somebody(cite, { table: 'scaled' })).errors).toEqual([])
    expect((await (await archive.as())(open, { id: dataset.citation.id })).errors).toEqual([])
  })

  test('nothing can change a citation', async () => {
    await expect(archive.database.pool.query(`update citation set title = 'x'`)).rejects.toThrow()
    await expect(archive.database.pool.query('delete from citation')).rejects.toThrow()
  })
})
