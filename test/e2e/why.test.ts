import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { compute, ended, publishedNumbers } from '../provenance/compute.ts'

const source = (factor: number) =>
  `export default async ({ record }) => record.metadata.n % 5 === 0 ? [] : [{ value: record.metadata.n * ${factor}, word: 'a' }, { value: 1 }]`
const scaled = (factor: number) => hookInput({ name: 'scaled', source: source(factor) })

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  let records: readonly { readonly id: string; readonly n: number }[]
  const ids = () => records.map(({ id }) => id)
  let mine: string
  let beforeSecond: string

  beforeAll(async () => {
    archive = await openArchive(topology)
    await ask(`mutation ($input: DeployInput!) { deploy(input: $input) { created } }`, { input: manifestWithHooks([scaled(1)]) })
    await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      input: {
        convention: 'numbers',
        source: { import: { sourceNode: 'here' } },
        records: Array.from({ length: 20 }, (_, i) => ({ sourceId: `r${i + 1}`, metadata: { n: i + 1 } })),
      },
    })
    await ended(archive.database, 1)
    records = await publishedNumbers(archive.database)
    mine = records.find(({ n }) => n === 7)?.id ?? ''
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await archive.ask(query, variables)
    expect(errors).toEqual([])
    return data
  }
  async function refusal(query: string, variables?: Record<string, unknown>) {
    const {
      errors: [error],
    } = await archive.ask(query, variables)
    return { code: error?.extensions.code, field: error?.extensions.field, message: error?.message }
  }
  /** The first row of the record that says 7, by a version. */
  async function rowOf(version: number): Promise<string> {
    const { rows } = await ask(
      `query ($v: Int!) { rows(convention: "numbers", table: "scaled", release: $v, filter: { eq: { column: "records.n", value: 7 } }) { nodes { id } } }`,
      { v: version },
    )
    return rows.nodes[0].id
  }
  const question = `query ($row: ID!, $asOf: DateTime) { why(row: $row, asOf: $asOf) {
    row { id values stale } record { metadata } counts staleBecause supersededCount
    run { id status attempts { number } inputDigest outputDigest runJson }
    release { version state sourceRef builtBy runtime { digest config } } countingRelease { version }
    ran { type image digest config sourceRef limits isolation }
    madeLiveBy { actor from { version } to { version } at }
    supersedes { values stale run { release { version } } } } }`
  const why = async (row: string, asOf?: string) => (await ask(question, { row, asOf })).why

  test('why shows what made a row, as verified, and which move made its release live', async () => {
    const found = await why(await rowOf(1))
    expect(found).toMatchObject({
      row: { values: { value: 7, word: 'a' }, stale: false },
      record: { metadata: { n: 7 } },
      counts: true,
      staleBecause: null,
      run: {
        status: 'PASSED',
        attempts: [{ number: 1 }],
        inputDigest: expect.stringMatching(/^sha256:/),
        outputDigest: expect.stringMatching(/^sha256:/),
      },
      release: { version: 1, state: 'ACTIVE', builtBy: 'user:operator' },
      countingRelease: { version: 1 },
      ran: { type: 'module', image: null, config: {}, limits: { memoryBytes: 128 * 2 ** 20, timeoutSeconds: 30 } },
      madeLiveBy: { actor: 'user:operator', from: null, to: { version: 1 } },
      supersedes: [],
      supersededCount: 0,
    })
    expect(found.ran.digest).toBe(found.release.runtime.digest)
    expect(found.ran.digest).toBe(found.run.runJson.runtime.digest)
    expect(found.ran.sourceRef).toBe(found.release.sourceRef)
  })

  test('when another release is live, a row is stale, and stays effective until that release has a result', async () => {
    beforeSecond = new Date().toISOString()
    await ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { release { version } } }', {
      input: { hook: 'scaled', release: scaled(2).release },
    })
    const waiting = await why(await rowOf(1))
    expect(waiting).toMatchObject({ row: { stale: true }, counts: true, countingRelease: { version: 1 } })
    expect(waiting.staleBecause).toMatch(
      /^Version 2 of "scaled" has been live since 20[^ ]+Z \(user:operator\), but has no result for this record yet; until it has one, this row counts\.$/,
    )
    await compute(archive.database, { convention: 'numbers', records: ids() })
    await ended(archive.database, 2)
    expect(await why(await rowOf(1))).toMatchObject({
      counts: false,
      countingRelease: { version: 2 },
      staleBecause: expect.stringMatching(/and its own result for this record counts: 2 rows\.$/),
      supersedes: [],
    })
    expect(await why(await rowOf(2))).toMatchObject({
      row: { values: { value: 14 } },
      counts: true,
      staleBecause: null,
      madeLiveBy: { from: { version: 1 }, to: { version: 2 } },
      supersededCount: 2,
      supersedes: [
        { values: { value: 7 }, stale: true, run: { release: { version: 1 } } },
        { values: { value: 1 }, stale: true },
      ],
    })
  })

  test('as of a time before, nothing was stale yet', async () => {
    expect(await why(await rowOf(1), beforeSecond)).toMatchObject({
      row: { stale: false },
      counts: true,
      countingRelease: { version: 1 },
      staleBecause: null,
    })
    expect(await refusal(question, { row: await rowOf(2), asOf: beforeSecond })).toMatchObject({ code: 'NOT_FOUND', field: 'asOf' })
    const future = new Date(Date.now() + 60_000).toISOString()
    expect(await refusal(question, { row: await rowOf(2), asOf: future })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asOf' })
  })

  test('a staged release has no madeLiveBy; a rollback supersedes the rolled-back rows; a yanked release gives the reason', async () => {
    await ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { release { version } } }', {
      input: { hook: 'scaled', release: scaled(3).release, promote: false },
    })
    await compute(archive.database, { convention: 'numbers', records: [mine], release: { hook: 'scaled', version: 3 } })
    await ended(archive.database, 3)
    expect(await why(await rowOf(3))).toMatchObject({
      madeLiveBy: null,
      counts: false,
      supersedes: [],
      staleBecause: expect.stringContaining('Version 2 of "scaled" has been live'),
    })

    await ask('mutation { setLive(input: { hook: "scaled", version: 1, reason: "2 is wrong" }) { hook { name } } }')
    await ask('mutation { setReleaseState(input: { hook: "scaled", version: 2, state: YANKED, reason: "wrong unit" }) { release { id } } }')
    expect(await why(await rowOf(1))).toMatchObject({
      counts: true,
      staleBecause: null,
      supersedes: [{ values: { value: 14 } }, { values: { value: 1 } }],
    })
    const yanked = (await why(await rowOf(2))).staleBecause
    expect(yanked).toMatch(
      /^Version 2 of "scaled" was yanked \(wrong unit\), so what it made does not count any more\. Version 1 of "scaled" has been live since [^ ]+ \(user:operator: 2 is wrong\)/,
    )
  })

  test('an id that is not a row of a hook is refused with what there is instead', async () => {
    const ask = (row: string) => refusal('query ($row: ID!) { why(row: $row) { counts } }', { row })
    const row = await rowOf(1)
    expect(await ask(row.replace(/0$/, '5'))).toMatchObject({
      code: 'NOT_FOUND',
      field: 'row',
      message: 'There is no such row: the run made rows 0 to 1 for that record (PASSED).',
    })
    const [hook, run] = row.split(':')
    const empty = records.find(({ n }) => n === 5)?.id
    expect(await ask(`${hook}:${run}:${empty}:0`)).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('made no rows for that record (EMPTY)'),
    })
    expect(await ask(`${hook}:${empty}:${empty}:0`)).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('the run did not include that record'),
    })
    expect(await ask(`urn:osa:localhost:rec:${mine}@1`)).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'row',
      message: expect.stringContaining('No run made this row'),
    })
    expect(await ask('nonsense')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'row' })
  })

  const radius = `query ($of: BlastRadiusOf!, $first: Int, $after: String) { blastRadius(of: $of) {
    releases { version } runs { totalCount nodes { status release { version } } }
    records(first: $first, after: $after) { totalCount nodes { srn metadata } pageInfo { hasNextPage endCursor } } recordCount rowCount effectiveRowCount } }`

  test('the blast radius of a release is found by digest, source ref or id, with its effective rows', async () => {
    const { hook } = await ask('{ hook(name: "scaled") { releases { nodes { id version sourceRef runtime { digest } } } } }')
    const [third, second, first] = hook.releases.nodes
    const of = async (of: object) => (await ask(radius, { of, first: 50 })).blastRadius
    expect(await of({ release: first.id })).toMatchObject({
      recordCount: 20,
      rowCount: 32,
      effectiveRowCount: 32,
      releases: [{ version: 1 }],
      runs: { totalCount: 1 },
    })
    expect(await of({ digest: second.runtime.digest })).toMatchObject({
      recordCount: 20,
      rowCount: 32,
      effectiveRowCount: 0,
      releases: [{ version: 2 }],
      runs: { nodes: [{ status: 'PASSED', release: { version: 2 } }] },
    })
    expect(await of({ release: third.id })).toMatchObject({
      recordCount: 1,
      rowCount: 2,
      effectiveRowCount: 0,
      records: { nodes: [{ metadata: { n: 7 } }] },
    })
    expect(await of({ sourceRef: first.sourceRef })).toMatchObject({
      releases: [{ version: 3 }, { version: 2 }, { version: 1 }],
      recordCount: 20,
      rowCount: 66,
      effectiveRowCount: 32,
      runs: { totalCount: 3 },
      records: { totalCount: 20 },
    })
  })

  test('what a run touched is its records, page by page', async () => {
    const { runs } = await ask('{ runs { nodes { id } } }')
    const of = { run: runs.nodes[2].id }
    const page = (await ask(radius, { of, first: 12 })).blastRadius
    expect(page).toMatchObject({
      recordCount: 20,
      rowCount: 32,
      effectiveRowCount: 32,
      runs: { totalCount: 1 },
      records: { totalCount: 20, pageInfo: { hasNextPage: true } },
    })
    const rest = (await ask(radius, { of, first: 12, after: page.records.pageInfo.endCursor })).blastRadius
    const seen = [...page.records.nodes, ...rest.records.nodes].map(({ srn }) => srn)
    expect(new Set(seen).size).toBe(20)
    expect(rest.records.pageInfo.hasNextPage).toBe(false)
  })

  test('an unknown digest or source ref has touched nothing; an unknown id, or one of another kind, is refused', async () => {
    const nothing = {
      releases: [],
      runs: { totalCount: 0, nodes: [] },
      records: { totalCount: 0, nodes: [] },
      recordCount: 0,
      rowCount: 0,
      effectiveRowCount: 0,
    }
    expect((await ask(radius, { of: { digest: `sha256:${'0'.repeat(64)}` } })).blastRadius).toMatchObject(nothing)
    expect((await ask(radius, { of: { sourceRef: 'doi:10.1000/never' } })).blastRadius).toMatchObject(nothing)
    const { runs } = await ask('{ runs { nodes { id } } }')
    expect(await refusal(radius, { of: { release: runs.nodes[0].id } })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'of.release',
      message: expect.stringContaining('but a run with that id'),
    })
    expect(await refusal(radius, { of: { run: mine } })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'of.run',
      message: expect.stringContaining('is the id of a record'),
    })
    expect(await refusal(radius, { of: { release: 'nonsense' } })).toMatchObject({ code: 'NOT_FOUND', field: 'of.release' })
    expect(await refusal(radius, { of: {} })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'of' })
    expect(await refusal(radius, { of: { run: mine, release: mine } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'of' })
    expect(await refusal(radius, { of: { digest: 'latest' } })).toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  test('what a release changed is told through the API', async () => {
    const diff = `query ($from: Int!, $to: Int!, $filter: Filter) { releaseDiff(hook: "scaled", from: $from, to: $to, filter: $filter, examples: 1) {
      recordCount added removed changed unchanged flipped { from to count } columns { column changed gained lost changes { from to count } }
      examples { record { metadata } ordinal before after columns } } }`
    const filter = { eq: { column: 'records.n', value: 7 } }
    expect((await ask(diff, { from: 1, to: 2, filter })).releaseDiff).toEqual({
      recordCount: 1,
      added: 0,
      removed: 0,
      changed: 1,
      unchanged: 1,
      flipped: [],
      columns: [
        { column: 'value', changed: 1, gained: 0, lost: 0, changes: [{ from: 1, to: 10, count: 1 }] },
        { column: 'word', changed: 0, gained: 0, lost: 0, changes: [] },
      ],
      examples: [
        {
          record: { metadata: { n: 7 } },
          ordinal: 0,
          before: { value: 7, word: 'a' },
          after: { value: 14, word: 'a' },
          columns: ['value'],
        },
      ],
    })
    expect((await ask(diff, { from: 1, to: 2 })).releaseDiff).toMatchObject({ recordCount: 20, changed: 16, unchanged: 16, flipped: [] })
    expect(await refusal(diff, { from: 1, to: 9 })).toMatchObject({ code: 'NOT_FOUND', field: 'to' })
  })
})
