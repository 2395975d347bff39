import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ended, publishedNumbers } from '../provenance/compute.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'

describe.each(topologies)('asOf of an archive in %s', (topology) => {
  let archive: TestArchive
  let srn: string
  let row: string
  beforeAll(async () => {
    archive = await openArchive(topology)
    await ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifestWithHooks([
        hookInput({ name: 'scaled', source: 'export default ({ record }) => [{ value: record.metadata.n, word: "a" }]' }),
      ]),
    })
    await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      input: { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records: [{ sourceId: 'one', metadata: { n: 1 } }] },
    })
    await ended(archive.database, 1)
    expect(await publishedNumbers(archive.database)).toHaveLength(1)
    const { rows } = await ask('{ rows(convention: "numbers", table: "scaled") { nodes { id record { srn } } } }')
    row = rows.nodes[0].id
    srn = rows.nodes[0].record.srn
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await archive.ask(query, variables)
    expect(errors).toEqual([])
    return data
  }
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

  test('takes a date alone in every field that has it', async () => {
    const question = `query ($asOf: DateTime, $row: ID!, $srn: SRN!) {
      rows(convention: "numbers", table: "scaled", asOf: $asOf) { totalCount } record(srn: $srn) { features(hook: "scaled", asOf: $asOf) { values } }
      why(row: $row, asOf: $asOf) { counts } provenance(of: $row, asOf: $asOf) { nodes { id } } releaseDiff(hook: "scaled", from: 1, to: 1, asOf: $asOf) { __typename } }`
    // Tomorrow's is still to come, and today's is too.
    for (const asOf of [day(0), day(1), null]) {
      const data = await ask(question, { asOf, row, srn })
      expect([data.rows.totalCount, data.record.features.length, data.why.counts]).toEqual([1, 1, true])
    }
    const before = await ask(
      'query ($asOf: DateTime, $srn: SRN!) { rows(convention: "numbers", table: "scaled", asOf: $asOf) { totalCount } record(srn: $srn) { features(hook: "scaled", asOf: $asOf) { values } } }',
      { asOf: day(-1), srn },
    )
    expect([before.rows.totalCount, before.record.features]).toEqual([0, []])
    expect((await ask(`{ rows(convention: "numbers", table: "scaled", asOf: "${day(-1)}") { totalCount } }`)).rows.totalCount).toBe(0)
  })

  test('pages on with today’s date', async () => {
    const page = `query ($after: String) { rows(convention: "numbers", table: "scaled", asOf: "${day(0)}", first: 1, after: $after) { pageInfo { endCursor } } }`
    const { rows } = await ask(page)
    await ask(page, { after: rows.pageInfo.endCursor })
  })

  test('is the same on every HTTP route that has it', async () => {
    const { paths } = (await (await fetch(`${archive.url}/openapi.json`)).json()) as {
      paths: Record<string, { get?: { parameters: readonly { name: string }[] } }>
    }
    const having = Object.keys(paths).filter((path) => paths[path]?.get?.parameters.some(({ name }) => name === 'asOf'))
    expect(having.length).toBeGreaterThanOrEqual(3)
    const { errors } = await archive.ask('{ rows(convention: "numbers", table: "scaled", asOf: "soon") { totalCount } }')
    for (const path of having) {
      const address = `${archive.url}${path
        .replace('{convention}', 'numbers')
        .replace('{table}', 'scaled')
        .replace('{id}', encodeURIComponent(srn))
        .replace('{format}', path.includes('provenance') ? 'prov.json' : 'jsonl')}`
      const get = async (asOf: string) => {
        const response = await fetch(`${address}?asOf=${encodeURIComponent(asOf)}`)
        const text = await response.text()
        return { status: response.status, text, error: text.startsWith('{"errors"') ? JSON.parse(text).errors[0] : undefined }
      }
      expect([path, (await get('soon')).error?.message]).toEqual([path, errors[0]?.message])
      expect([path, (await get(day(0))).status, (await get(day(1))).status]).toEqual([path, 200, 200])
      const before = await get(day(-1))
      expect(before.text).not.toContain('"value":1')
      expect([path, (await get('2999-01-01T00:00:00Z')).error?.message]).toEqual([
        path,
        expect.stringContaining('`asOf` must be in the past'),
      ])
    }
  })
})
