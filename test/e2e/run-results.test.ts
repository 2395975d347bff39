import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { depositorOn } from '../support/depositor.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { eventually } from '../support/eventually.ts'

const timeout = 60_000
const results = `results(status: $status, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { record { srn metadata } status reason rowCount } }`
const reasons = 'reasons(first: 10) { status reason count example }'
const seeing = `query ($id: ID!, $status: OutcomeStatus, $first: Int, $after: String) {
  run(id: $id) { status erroredCount failure { kind message } ${results} ${reasons} } }`
const backfilling = `mutation ($input: BackfillInput!) { backfill(input: $input) { backfill { id } runs { id } } }`
const backfillOf = 'query ($id: ID!) { backfill(id: $id) { status statusReason progress { done failed } } }'

const moody = `export default async ({ record, reject }) => {
  const { n } = record.metadata
  if (n === 0) return reject('zero is no number')
  if (n % 2 === 1) throw new Error('odd numbers have no half')
  return [{ value: n / 2 }]
}`
const broken = `export default async () => { throw new Error('there is no licence') }`
const fussy = `export default async ({ record, reject }) => reject('no draft about ' + record.metadata.n + ' is good enough')`

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    const { errors } = await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: manifestWithHooks([hookInput({})]),
    })
    expect(errors).toEqual([])
    const records = Array.from({ length: 7 }, (_, n) => ({ sourceId: `r${n}`, metadata: { n } }))
    const input = { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records }
    await archive.ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', { input })
    await eventually(
      async () => expect((await archive.database.pool.query('select 1 from hook_run where finished_at is not null')).rowCount).toBe(1),
      { timeout },
    )
  }, timeout)
  afterAll(() => archive[Symbol.asyncDispose]())

  /** Runs a staged release over everything, and answers when the backfill has ended. */
  async function tryRelease(version: number, source: string) {
    const { release } = hookInput({ source })
    const created = await archive.ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { release { version } } }', {
      input: { hook: 'doubled', promote: false, release },
    })
    expect(created.data.createRelease.release.version).toBe(version)
    const { data } = await archive.ask(backfilling, { input: { hook: 'doubled', version } })
    const { backfill, runs } = data.backfill
    await expect.poll(async () => (await archive.ask(backfillOf, backfill)).data.backfill.status, { timeout }).not.toBe('RUNNING')
    return { run: runs[0].id as string, backfill: (await archive.ask(backfillOf, backfill)).data.backfill }
  }

  test(
    'a run of a staged release lists its records by outcome with reasons, and its reasons with counts and an example',
    async () => {
      const { run: id, backfill } = await tryRelease(2, moody)
      const { data, errors } = await archive.ask(seeing, { id })
      expect(errors).toEqual([])
      expect(data.run).toMatchObject({ status: 'WARNINGS', failure: null, erroredCount: 3 })
      expect(data.run.results.totalCount).toBe(7)
      expect(byNumber(data.run.results.nodes).map((one) => [one.record.metadata.n, one.status, one.rowCount])).toEqual([
        [0, 'REJECTED', 0],
        [1, 'ERRORED', 0],
        [2, 'PASSED', 1],
        [3, 'ERRORED', 0],
        [4, 'PASSED', 1],
        [5, 'ERRORED', 0],
        [6, 'PASSED', 1],
      ])
      const [rejected, errored] = byNumber(data.run.results.nodes)
      expect([rejected?.reason, errored?.reason]).toEqual(['zero is no number', expect.stringContaining('odd numbers have no half')])
      expect(data.run.reasons).toEqual([
        { status: 'ERRORED', reason: errored?.reason, count: 3, example: expect.stringMatching(/^urn:osa:/) },
        { status: 'REJECTED', reason: 'zero is no number', count: 1, example: rejected?.record.srn },
      ])
      expect(backfill).toEqual({
        status: 'FINISHED',
        statusReason: expect.stringContaining('3 of 7 records'),
        progress: { done: 4, failed: 3 },
      })

      const seen: number[] = []
      for (let after: string | null = null; ;) {
        const answer: { data: { run: { results: ResultPage } } } = await archive.ask(seeing, { id, status: 'ERRORED', first: 2, after })
        const page = answer.data.run.results
        expect(page.totalCount).toBe(3)
        seen.push(...page.nodes.map((one) => one.record.metadata.n))
        if (!page.pageInfo.hasNextPage) break
        after = page.pageInfo.endCursor
      }
      expect(seen.sort()).toEqual([1, 3, 5])
      const wrong = await archive.ask(seeing, { id, after: 'nonsense' })
      expect(wrong.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    },
    timeout * 2,
  )

  test(
    'a run in which every record errored is FAILED and says why, and so does the backfill that it was for',
    async () => {
      const { run: id, backfill } = await tryRelease(3, broken)
      const { run } = (await archive.ask(seeing, { id, status: 'ERRORED' })).data
      expect(run).toMatchObject({
        status: 'FAILED',
        erroredCount: 7,
        failure: { kind: 'HOOK_EXIT', message: expect.stringContaining('All 7 records') },
      })
      expect(run.failure.message).toContain('there is no licence')
      expect(run.results).toMatchObject({ totalCount: 7 })
      expect(run.reasons).toMatchObject([{ status: 'ERRORED', count: 7, example: expect.stringMatching(/^urn:osa:/) }])
      expect(backfill).toEqual({
        status: 'FAILED',
        statusReason: expect.stringContaining('None of its 7 records'),
        progress: { done: 0, failed: 7 },
      })
    },
    timeout * 2,
  )

  test(
    'what a run over a draft says is for those who may see the draft',
    async () => {
      const convention = { ...manifestWithHooks([hookInput({ name: 'fussy', source: fussy })]), slug: 'drafts' }
      expect(
        (await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: convention })).errors,
      ).toEqual([])
      const ada = await depositorOn(archive, { subject: 'ada', roles: ['DEPOSITOR'] })
      const { srn } = await ada.create('drafts', { n: 4711 })
      await ada.submit(srn)
      const runs = async () => (await archive.ask('{ runs(hook: "fussy") { nodes { id status } } }')).data.runs.nodes
      await expect.poll(async () => (await runs())[0]?.status, { timeout }).toBe('PASSED')
      const [{ id }] = await runs()
      const shown = async (ask: typeof archive.ask) => (await ask(seeing, { id })).data.run
      const own = { status: 'REJECTED', reason: 'no draft about 4711 is good enough' }
      expect(await shown(ada.ask)).toMatchObject({
        results: { nodes: [{ ...own, record: null }] },
        reasons: [{ ...own, count: 1, example: null }],
      })
      for (const stranger of [await archive.as(), await archive.as({ subject: 'eve', roles: ['DEPOSITOR'] })]) {
        const run = await shown(stranger)
        expect(JSON.stringify(run)).not.toContain('4711')
        expect(run.results.nodes).toEqual([{ status: 'REJECTED', reason: expect.stringContaining('Withheld'), record: null, rowCount: 0 }])
        expect(run.reasons).toEqual([{ status: 'REJECTED', reason: expect.stringContaining('Withheld'), count: 1, example: null }])
        const ids = (await archive.database.pool.query('select id from candidate')).rows.map((row) => row.id)
        for (const { cursor } of run.results.edges) expect(ids).not.toContain(Buffer.from(cursor, 'base64url').toString())
      }
    },
    timeout,
  )
})

interface ResultPage {
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  readonly nodes: readonly Result[]
}

interface Result {
  readonly record: { readonly srn: string; readonly metadata: { readonly n: number } }
  readonly status: string
  readonly reason: string | null
  readonly rowCount: number
}

function byNumber(results: readonly Result[]): Result[] {
  return results.toSorted((a, b) => a.record.metadata.n - b.record.metadata.n)
}
