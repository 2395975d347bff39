import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'

const timeout = 60_000
const numbers = (from: number, count: number) => ({
  input: {
    convention: 'numbers',
    source: { import: { sourceNode: 'here' } },
    records: Array.from({ length: count }, (_, i) => ({ sourceId: `r${from + i}`, metadata: { n: from + i } })),
  },
})
const backfill = `mutation ($input: BackfillInput!) { backfill(input: $input) {
  recordCount batchCount runs { id status release { version } }
  backfill { id status hook { name } release { version } conventions only stale limit actor progress { expected planned done remaining failed } } } }`
const progress =
  'query ($id: ID!) { backfill(id: $id) { status statusReason finishedAt progress { done remaining failed } runs { totalCount nodes { status } } } }'

describe.each(topologies)('in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology)), timeout)
  afterAll(() => archive[Symbol.asyncDispose]())

  const ended = (count: number) =>
    expect
      .poll(async () => (await archive.database.pool.query('select 1 from hook_run where finished_at is not null')).rowCount, { timeout })
      .toBe(count)

  test(
    'a release is staged, tried on a sample, made live, and the rest is computed',
    async () => {
      const patient = { timeoutSeconds: 120 }
      await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
        input: manifestWithHooks([hookInput(patient)]),
      })
      await archive.ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', numbers(0, 8))
      await ended(1)
      const { release } = hookInput({ ...patient, source: 'export default async ({ record }) => [{ value: record.metadata.n * 20 }]' })
      const created = await archive.ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { madeLive } }', {
        input: { hook: 'doubled', promote: false, release },
      })
      expect(created.errors).toEqual([])

      // Nothing of it is stale for the live release, and all of it for the other one.
      const dry = await archive.ask(backfill, { input: { hook: 'doubled', dryRun: true } })
      expect(dry.data.backfill).toEqual({ recordCount: 0, batchCount: 0, runs: [], backfill: null })
      const sample = await archive.ask(backfill, { input: { hook: 'doubled', version: 2, limit: 3 } })
      expect(sample.errors).toEqual([])
      expect(sample.data.backfill).toMatchObject({
        recordCount: 3,
        batchCount: 1,
        runs: [{ status: 'QUEUED', release: { version: 2 } }],
        backfill: {
          status: 'RUNNING',
          hook: { name: 'doubled' },
          release: { version: 2 },
          conventions: ['numbers'],
          stale: true,
          limit: 3,
          actor: 'user:operator',
          only: ['PASSED', 'EMPTY', 'REJECTED', 'ERRORED', 'MISSING'],
          progress: { expected: 3, planned: 3, done: 0, remaining: 3, failed: 0 },
        },
      })
      const { id } = sample.data.backfill.backfill
      await expect
        .poll(async () => (await archive.ask(progress, { id })).data.backfill, { timeout })
        .toEqual({
          status: 'FINISHED',
          statusReason: null,
          finishedAt: expect.any(String),
          progress: { done: 3, remaining: 0, failed: 0 },
          runs: { totalCount: 1, nodes: [{ status: 'PASSED' }] },
        })
      await archive.ask('mutation { setLive(input: { hook: "doubled", version: 2 }) { hook { name } } }')
      const rest = await archive.ask(backfill, { input: { hook: 'doubled', convention: 'numbers' } })
      expect(rest.data.backfill).toMatchObject({ recordCount: 5, batchCount: 1 })
      await ended(3)
      const { data } = await archive.ask(
        '{ hook(name: "doubled") { release(version: 2) { runCount recordCount rowCount } } backfills(hook: "doubled") { totalCount } }',
      )
      expect(data).toEqual({ hook: { release: { runCount: 2, recordCount: 8, rowCount: 8 } }, backfills: { totalCount: 2 } })
    },
    timeout * 2,
  )

  test(
    'a run is reproduced, and what came of it stands with the run',
    async () => {
      const { data } = await archive.ask('{ hook(name: "doubled") { runs(version: 2) { nodes { id reproduces { id } } } } }')
      const [run] = data.hook.runs.nodes
      const again = await archive.ask(
        'mutation ($run: ID!) { reproduce(run: $run, sample: 2) { id status reproduces { id } recordCount } }',
        { run: run.id },
      )
      expect(again.errors).toEqual([])
      expect(again.data.reproduce).toMatchObject({ status: 'QUEUED', reproduces: { id: run.id }, recordCount: 2 })
      const asked = `query ($id: ID!) { run(id: $id) { reproductions { totalCount nodes {
      run { id status } verdict sample tolerance recordsCompared outcomesDiffering rowsIdentical rowsTolerated rowsDiverged examples { kind record { srn } } } } } }`
      await expect
        .poll(async () => (await archive.ask(asked, { id: run.id })).data.run.reproductions, { timeout })
        .toEqual({
          totalCount: 1,
          nodes: [
            {
              run: { id: again.data.reproduce.id, status: 'PASSED' },
              verdict: 'IDENTICAL',
              sample: 2,
              tolerance: 1e-9,
              recordsCompared: 2,
              outcomesDiffering: 0,
              rowsIdentical: 2,
              rowsTolerated: 0,
              rowsDiverged: 0,
              examples: [],
            },
          ],
        })
    },
    timeout * 2,
  )

  test('they are for those who may change the hook, and are written into the audit log', async () => {
    const stranger = await archive.as({ roles: ['CURATOR'] })
    const narrow = await archive.as({ subject: 'ci', scopes: ['hooks:write:doubled'] })
    expect((await stranger(backfill, { input: { hook: 'doubled' } })).errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await narrow(backfill, { input: { hook: 'doubled' } })).errors).toEqual([])
    for (const mutation of ['cancelBackfill(id: "x") { id }', 'resumeBackfill(id: "x") { id }', 'reproduce(run: "x") { id }']) {
      expect((await stranger(`mutation { ${mutation} }`)).errors[0]?.extensions.code).toBe('FORBIDDEN')
      expect((await archive.ask(`mutation { ${mutation} }`)).errors[0]?.extensions.code).toBe('NOT_FOUND')
    }
    const { data } = await archive.ask(
      '{ auditLog(operation: "backfill") { nodes { operation actor targets } } backfills { nodes { id } } }',
    )
    // Two that were made; neither the dry run nor the refusals. One had nothing to do.
    expect(data.auditLog.nodes.slice(1)).toEqual(
      data.backfills.nodes.map(({ id }: { id: string }) => ({
        operation: 'backfill',
        actor: 'user:operator',
        targets: ['hook:doubled', `backfill:${id}`],
      })),
    )
  })

  test(
    'one that is cancelled can be resumed',
    async () => {
      const { release } = hookInput({ source: 'export default () => new Promise(() => {})', timeoutSeconds: 300 })
      await archive.ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { madeLive } }', {
        input: { hook: 'doubled', release },
      })
      const { data } = await archive.ask(backfill, { input: { hook: 'doubled' } })
      expect(data.backfill).toMatchObject({ recordCount: 8 })
      const { id } = data.backfill.backfill
      const change = (what: string) =>
        archive.ask(`mutation ($id: ID!) { ${what}(id: $id) { status statusReason progress { expected done remaining } } }`, { id })
      expect((await change('cancelBackfill')).data.cancelBackfill).toMatchObject({
        status: 'CANCELLED',
        statusReason: 'Cancelled by user:operator.',
      })
      expect((await change('cancelBackfill')).errors[0]?.extensions.code).toBe('CONFLICT')
      expect((await change('resumeBackfill')).data.resumeBackfill).toEqual({
        status: 'RUNNING',
        statusReason: null,
        progress: { expected: 8, done: 0, remaining: 8 },
      })
      expect((await change('cancelBackfill')).errors).toEqual([])
      const statuses = async () =>
        (await archive.ask(progress, { id })).data.backfill.runs.nodes.map(({ status }: { status: string }) => status)
      await expect.poll(async () => new Set(await statuses()), { timeout }).toEqual(new Set(['CANCELLED']))
    },
    timeout * 2,
  )
})
