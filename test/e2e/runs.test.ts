import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { isRedisInstalled, startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'

const deploy = `mutation ($input: DeployInput!) { deploy(input: $input) { created } }`
const publish = `mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount results { srn } } }`
const numbers = (from: number, count: number) => ({
  input: {
    convention: 'numbers',
    source: { import: { sourceNode: 'here' } },
    records: Array.from({ length: count }, (_, i) => ({ sourceId: `r${from + i}`, metadata: { n: from + i } })),
  },
})

/** Says something, doubles even numbers, rejects multiples of ten but zero, finds nothing in the other odd ones. */
const evens = `export default async function hook({ record, reject }) {
  const { n } = record.metadata
  console.log('looking at ' + n)
  if (n > 0 && n % 10 === 0) return reject('multiples of ten are not wanted')
  if (n % 2 === 1) return []
  return [{ value: n * 2, word: 'even' }, { value: n * 3 }]
}`

describe('with the queue in PostgreSQL', () => everyTopology(async () => ({})))

describe.skipIf(!isRedisInstalled())('with the queue in Redis', () => {
  let redis: RedisServer
  beforeAll(async () => void (redis = await startRedisServer()))
  afterAll(() => redis.stop())
  everyTopology(async () => ({ REDIS_URL: redis.url }))
})

function everyTopology(settings: () => Promise<Record<string, string>>): void {
  describe.each(topologies)('in %s', (topology) => {
    let archive: TestArchive
    beforeAll(async () => void (archive = await openArchive(topology, await settings())))
    afterAll(() => archive[Symbol.asyncDispose]())

    const ended = (count: number) =>
      expect
        .poll(async () => (await archive.database.pool.query('select 1 from hook_run where finished_at is not null')).rowCount)
        .toBe(count)

    test('a convention with a module hook is deployed, and published records go through it', async () => {
      const { errors } = await archive.ask(deploy, { input: manifestWithHooks([hookInput({ name: 'evens', source: evens })]) })
      expect(errors).toEqual([])
      expect((await archive.ask(publish, numbers(0, 100))).data.publishRecords.publishedCount).toBe(100)
      await ended(1)

      const { data, errors: none } = await archive.ask(`{ hook(name: "evens") {
        live { version runCount recordCount rowCount }
        runs { totalCount nodes { id status oomRetries recordCount passedCount emptyCount rejectedCount erroredCount rowCount actor
          durationSeconds inputDigest outputDigest runJson log(tailLines: 2) failure { kind } release { version }
          attempts { number because recordCount memory exitCode failure { kind } startedAt finishedAt } } } } }`)
      expect(none).toEqual([])
      expect(data.hook.live).toEqual({ version: 1, runCount: 1, recordCount: 100, rowCount: 82 })
      const [run] = data.hook.runs.nodes
      expect(run).toMatchObject({
        status: 'PASSED',
        oomRetries: 0,
        recordCount: 100,
        passedCount: 41,
        emptyCount: 50,
        rejectedCount: 9,
        erroredCount: 0,
        rowCount: 82,
        actor: 'user:operator',
        failure: null,
        release: { version: 1 },
        log: expect.stringMatching(/^looking at [0-9]+\nlooking at [0-9]+\n$/),
        inputDigest: expect.stringMatching(/^sha256:/),
        outputDigest: expect.stringMatching(/^sha256:/),
        attempts: [{ number: 1, because: 'first', recordCount: 100, memory: '128Mi', exitCode: 0, failure: null }],
      })
      expect(run.runJson).toMatchObject({
        format: 'strata-run/1',
        run: run.id,
        hook: 'evens',
        inputDigest: run.inputDigest,
        status: 'PASSED',
      })
    })

    test('its rows are read page by page, each with its run and its release', async () => {
      const page = `query ($after: String) { rows(convention: "numbers", table: "evens", first: 30, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { id values stale record { metadata } run { id release { version } } } } }`
      const seen: { id: string; values: { value: number }; record: { metadata: { n: number } } }[] = []
      for (let after: string | null = null; ;) {
        const { data, errors } = await archive.ask(page, { after })
        expect(errors).toEqual([])
        expect(data.rows.totalCount).toBe(82)
        seen.push(...data.rows.nodes)
        if (!data.rows.pageInfo.hasNextPage) break
        after = data.rows.pageInfo.endCursor
      }
      expect(seen).toHaveLength(82)
      expect(new Set(seen.map(({ id }) => id)).size).toBe(82)
      expect(seen[0]).toMatchObject({ values: { word: 'even' }, stale: false, run: { release: { version: 1 } } })
      for (const { values, record } of seen) expect([record.metadata.n * 2, record.metadata.n * 3]).toContain(values.value)
    })

    test('a new release recomputes nothing: the old rows are stale until a backfill, and a rollback restores them', async () => {
      const next = hookInput({ name: 'evens', source: evens.replace('n * 2', 'n * 20') })
      expect((await archive.ask(deploy, { input: manifestWithHooks([next]) })).errors).toEqual([])
      const stale = async () => {
        const { data } = await archive.ask(
          `{ rows(convention: "numbers", table: "evens", first: 1000) { nodes { stale run { release { version } } } } }`,
        )
        return Object.fromEntries(
          Map.groupBy(
            data.rows.nodes,
            (row: { stale: boolean; run: { release: { version: number } } }) => `v${row.run.release.version} stale:${row.stale}`,
          )
            .entries()
            .map(([key, rows]) => [key, rows.length]),
        )
      }
      expect(await stale()).toEqual({ 'v1 stale:true': 82 })
      await archive.ask(publish, numbers(200, 4))
      await ended(2)
      expect(await stale()).toEqual({ 'v1 stale:true': 82, 'v2 stale:false': 2 })
      await archive.ask('mutation { setLive(input: { hook: "evens", version: 1 }) { hook { name } } }')
      expect(await stale()).toEqual({ 'v1 stale:false': 82, 'v2 stale:true': 2 })
    })

    test('runs are cancelled and retried by those who may', async () => {
      const endless = hookInput({
        name: 'endless',
        source: 'export default async () => { console.log("waiting"); for (;;); }',
        timeoutSeconds: 60,
      })
      await archive.ask(deploy, { input: manifestWithHooks([endless]) })
      await archive.ask(publish, numbers(300, 2))
      const running = () => archive.ask('{ runs(hook: "endless", status: RUNNING) { nodes { id log } } }')
      await expect.poll(async () => (await running()).data.runs.nodes[0]?.log).toBe('waiting\n')
      const { id } = (await running()).data.runs.nodes[0]
      const queue = '{ runQueue { convention hook { name } queued running waitingSince } }'
      expect((await archive.ask(queue)).data.runQueue).toContainEqual({
        convention: 'numbers',
        hook: { name: 'endless' },
        queued: 0,
        running: 1,
        waitingSince: null,
      })
      expect((await (await archive.as({ roles: ['CURATOR'] }))(queue)).errors[0]?.extensions.code).toBe('FORBIDDEN')

      const cancel = `mutation ($id: ID!) { cancelRun(id: $id) { id status } }`
      const retry = `mutation ($id: ID!) { retryRun(id: $id) { id status attempts { number } } }`
      const stranger = await archive.as({ roles: ['CURATOR'] })
      expect((await stranger(cancel, { id })).errors[0]?.extensions.code).toBe('FORBIDDEN')
      expect((await archive.ask(retry, { id })).errors[0]?.extensions.code).toBe('ALREADY_RUNNING')

      expect((await archive.ask(cancel, { id })).errors).toEqual([])
      await expect
        .poll(async () => (await archive.ask('query ($id: ID!) { run(id: $id) { status failure { kind } } }', { id })).data.run)
        .toEqual({ status: 'CANCELLED', failure: { kind: 'CANCELLED' } })
      expect((await archive.ask(cancel, { id })).errors[0]?.extensions.code).toBe('CONFLICT')

      const machine = await archive.as({ scopes: ['hooks:write'] })
      const again = await machine(retry, { id })
      expect(again.errors).toEqual([])
      expect(again.data.retryRun).toMatchObject({ attempts: [] })
      expect((await archive.ask(retry, { id })).errors[0]?.extensions.code).toBe('ALREADY_RUNNING')
      expect((await archive.ask(cancel, { id: again.data.retryRun.id })).errors).toEqual([])
      expect((await archive.ask(cancel, { id: 'nonsense' })).errors[0]?.extensions.code).toBe('NOT_FOUND')
      await ended(4)
    })
  })
}
