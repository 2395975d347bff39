import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const deploy = `mutation ($input: DeployInput!) {
  deploy(input: $input) { created convention { slug title schema { id version fields { name type required unit } } } changes { path kind summary } }
}`
const publish = `mutation ($input: PublishRecordsInput!) {
  publishRecords(input: $input) {
    publishedCount changedCount duplicateCount invalidCount
    results { sourceId status srn findings { hook kind field message } }
  }
}`
const fromImport = (records: readonly object[]) => ({
  input: { convention: 'proteins', source: { import: { sourceNode: 'rcsb.org' } }, records },
})

describe.each(topologies)('an archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology)))
  afterAll(() => archive[Symbol.asyncDispose]())

  test('a convention is deployed, and deploying it again changes nothing', async () => {
    const first = await archive.ask(deploy, { input: manifest() })
    expect(first.errors).toEqual([])
    expect(first.data.deploy).toMatchObject({
      created: true,
      convention: { slug: 'proteins', schema: { id: 'protein', version: '1.0.0', fields: [{ name: 'pdb_id' }, { unit: 'Å' }, {}, {}] } },
      changes: [
        { path: 'schema', kind: 'CREATED' },
        { path: 'convention', kind: 'CREATED' },
      ],
    })
    const again = await archive.ask(deploy, { input: manifest() })
    expect(again.data.deploy).toMatchObject({ created: false, changes: [] })
  })

  test('a dry run says what would change and changes nothing', async () => {
    const dry = await archive.ask(deploy, { input: manifest({ title: 'Proteins', dryRun: true }) })
    expect(dry.data.deploy.changes).toEqual([{ path: 'title', kind: 'UPDATED', summary: 'Title from "Protein structures" to "Proteins".' }])
    const { data } = await archive.ask('{ convention(slug: "proteins") { title } }')
    expect(data).toEqual({ convention: { title: 'Protein structures' } })
  })

  test('records are published from an import source, each once, and an invalid one does not affect the others', async () => {
    const records = [
      { sourceId: '4hhb', metadata: { pdb_id: '4hhb', resolution: 1.74, organisms: ['Homo sapiens'], released: '1984-07-17' } },
      { sourceId: 'bad', metadata: { pdb_id: 'XXXX', resolution: 99, organism: 'x' } },
      { sourceId: '1abc', metadata: { pdb_id: '1abc' } },
      { sourceId: '4hhb', metadata: { pdb_id: '4hhb' } },
    ]
    const { data, errors } = await archive.ask(publish, fromImport(records))
    expect(errors).toEqual([])
    const { results, ...counts } = data.publishRecords
    expect(counts).toEqual({ publishedCount: 2, changedCount: 1, duplicateCount: 0, invalidCount: 1 })
    expect(results.map((result: { status: string }) => result.status)).toEqual(['PUBLISHED', 'INVALID', 'PUBLISHED', 'CHANGED'])
    expect(results[3].srn).toBe(results[0].srn)
    expect(results[1].findings).toEqual([
      { hook: 'metadata', kind: 'INVALID_METADATA', field: 'organism', message: expect.stringContaining('Did you mean "organisms"?') },
      { hook: 'metadata', kind: 'INVALID_METADATA', field: 'pdb_id', message: '"pdb_id" should match [0-9][a-z0-9]{3}.' },
      { hook: 'metadata', kind: 'INVALID_METADATA', field: 'resolution', message: '"resolution" should be at most 10, not 99.' },
    ])

    const again = await archive.ask(publish, fromImport(records))
    expect(again.data.publishRecords).toMatchObject({ publishedCount: 0, changedCount: 1, duplicateCount: 2, invalidCount: 1 })
  })

  test('records are read through their convention, with where they came from', async () => {
    const { data, errors } = await archive.ask(`{ convention(slug: "proteins") { title records { totalCount nodes {
      srn metadata convention { slug } schema { id version title }
      source { type id ... on ImportSource { sourceNode } } } } } }`)
    expect(errors).toEqual([])
    expect(data.convention.title).toBe('Protein structures')
    expect(data.convention.records.totalCount).toBe(2)
    expect(data.convention.records.nodes).toContainEqual({
      srn: expect.stringMatching(/^urn:osa:localhost:rec:[0-9a-f-]{36}@1$/),
      metadata: { pdb_id: '4hhb', resolution: 1.74, organisms: ['Homo sapiens'], released: '1984-07-17' },
      convention: { slug: 'proteins' },
      schema: { id: 'protein', version: '1.0.0', title: 'protein' },
      source: { type: 'IMPORT', id: '4hhb', sourceNode: 'rcsb.org' },
    })
  })

  test('rows of the records table are read page by page, each once', async () => {
    const page = `query ($after: String) { rows(convention: "proteins", table: "records", first: 1, after: $after) {
      nodes { id values record { srn source { id } } } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }`
    const first = (await archive.ask(page)).data.rows
    const second = (await archive.ask(page, { after: first.pageInfo.endCursor })).data.rows
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
    expect([first.pageInfo.hasPreviousPage, second.pageInfo.hasPreviousPage]).toEqual([false, true])
    const sources = [...first.nodes, ...second.nodes].map((row) => row.record.source.id)
    expect(sources.toSorted()).toEqual(['1abc', '4hhb'])
    expect(first.totalCount).toBe(2)
  })

  test('a record is found by its name', async () => {
    const { data } = await archive.ask('{ records(source: IMPORT) { nodes { srn } } }')
    const { srn } = data.records.nodes[0]
    const found = await archive.ask('query ($srn: SRN!) { record(srn: $srn) { srn publishedAt } }', { srn })
    expect(found.data.record).toEqual({ srn, publishedAt: expect.stringMatching(/Z$/) })
    const other = await archive.ask('{ record(srn: "urn:osa:elsewhere.org:rec:01a1fbb0-051f-75cd-b343-df48dc15b983@1") { srn } }')
    expect(other).toMatchObject({ errors: [], data: { record: null } })
  })

  test('fifty calls that overlap publish each record once', async () => {
    const records = Array.from({ length: 20 }, (_, i) => ({ sourceId: `r${i}`, metadata: { pdb_id: '1abc' } }))
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => archive.ask(publish, fromImport(i % 2 === 0 ? records : records.toReversed()))),
    )
    const published = answers.map(({ data }) => data.publishRecords.publishedCount)
    expect(published.reduce((sum, count) => sum + count, 0)).toBe(20)
    const srns = new Set(answers.flatMap(({ data }) => data.publishRecords.results.map((result: { srn: string }) => result.srn)))
    expect(srns.size).toBe(20)
  })

  test('the worker gets the event of a publication', async () => {
    await expect.poll(async () => (await archive.database.pool.query('select 1 from outbox where handled_at is null')).rowCount).toBe(0)
  })
})
