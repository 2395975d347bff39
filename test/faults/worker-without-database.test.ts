import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { createTestDatabase, temporaryDirectory } from '../support/index.ts'
import { isRedisInstalled, startRedisServer } from '../support/redis-server.ts'
import { startServices } from '../support/service-processes.ts'
import { openSeverable } from '../support/severable.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = 'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }'
const waiting = { timeout: 60_000, interval: 200 }
const slow =
  'export default async ({ record }) => { await new Promise((done) => setTimeout(done, 300)); return [{ value: record.metadata.n }] }'

test.runIf(isRedisInstalled())(
  'a worker whose database is away waits with its jobs, logs one line for each change, and then does them all',
  { timeout: 240_000 },
  async () => {
    await using parts = new AsyncDisposableStack()
    const data = parts.use(await temporaryDirectory())
    const database = parts.use(await createTestDatabase())
    const redis = await startRedisServer()
    parts.defer(() => redis.stop())
    const way = parts.use(await openSeverable())
    const archive = parts.use(
      await startServices({
        dataDir: data.path,
        settings: { DATABASE_URL: way.through(database.url), REDIS_URL: redis.url, STRATA_RUN_CONCURRENCY: '2' },
      }),
    )
    expect((await archive.ask(deploy, { input: manifestWithHooks([hookInput({ source: slow })]) })).errors).toEqual([])
    const many = 60
    for (let n = 0; n < many; n++) {
      const input = { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records: [{ sourceId: `r${n}`, metadata: { n } }] }
      // Each by another person: small publishes of one would be gathered into one run.
      const ask = graphqlClient(archive.url, await archive.sign(`publisher-${n}`))
      expect((await ask(publish, { input })).errors).toEqual([])
    }
    const count = async (where: string) => Number((await database.pool.query(`select count(*) from hook_run where ${where}`)).rows[0].count)
    await expect.poll(() => count(`status = 'PASSED'`), waiting).toBeGreaterThan(2)

    const worker = archive.process('worker')
    for (let round = 0; round < 3; round++) {
      const before = worker.output().length
      await way.sever()
      await expect.poll(() => worker.output().slice(before), waiting).toContain('the database does not answer')
      // However long it stays away, nothing more is to be told.
      await sleep(3_000)
      await way.mend()
      await expect.poll(() => worker.output().slice(before), waiting).toContain('the database answers again')
      const lines = worker
        .output()
        .slice(before)
        .split('\n')
        .filter((line) => /"level":"?(40|50|warn|error)/.test(line))
        .map((line) => JSON.parse(line).msg)
      expect(lines.filter((line) => line.startsWith('the database does not answer')).length).toBe(1)
      // Those of the runs that were under way, of the channels and the other parts: a few, whatever the number of jobs.
      expect(lines.length, lines.join('\n')).toBeLessThan(12)
    }
    await expect.poll(() => count(`status in ('QUEUED', 'RUNNING')`), { timeout: 120_000, interval: 500 }).toBe(0)
    const { rows } = await database.pool.query('select count(distinct _record) from features.doubled')
    expect(Number(rows[0].count)).toBe(many)
  },
)
