import { parseCursor, parseReading, printCursor } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import { usualPlanningPace } from '@strata/domain/run'
import type { Slug } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { readableDataset } from '../reading/open-dataset.ts'
import { passedInstant } from '../reading/passed-instant.ts'
import { settleRun } from '../reading/settle-run.ts'
import { backfillsOn } from '../runs/backfills.ts'
import { openRuns } from '../runs/open-runs.ts'
import { eventually } from '../support/eventually.ts'
import { giveBack, takeBack } from './taking-back.ts'

type Archive = Awaited<ReturnType<typeof openRuns>>

/** Kept counts that are wrong. */
async function wrongCounts({ database }: Archive) {
  const counts = postgres.verifiedCounts(database)
  return [...(await counts.wrongRecordCounts()), ...(await counts.wrongCoverage('doubled'))]
}

async function coverage({ database }: Archive) {
  const kept = (await postgres.keptCoverage(database, ['numbers'])).get('numbers/doubled')
  return kept && { records: kept.coverage.records, fresh: kept.coverage.fresh, missing: kept.coverage.missing, rows: kept.rows }
}

const releaseOf = async ({ rows }: Archive) => (await rows(`select id from hook_release where hook = 'doubled'`))[0].id as string

test('a version that is superseded while a hook runs over it keeps what the hook finds, and nothing of it counts', async () => {
  await using archive = await openRuns()
  const [first = '', other = ''] = await archive.publish(2)
  let second: string | undefined
  await settleRun(archive.database, {
    convention: 'numbers',
    hook: 'doubled',
    releaseId: await releaseOf(archive),
    results: new Map([first, other].map((id) => [id, [[1]]])),
    meanwhile: async () => void (second = await archive.revise(first)),
  })
  expect(await coverage(archive)).toEqual({ records: 2n, fresh: 1n, missing: 1n, rows: 1n })
  const versions = [first, second] as RecordId[]
  const features = await postgres.datasetQueries(archive.database).featuresOf({ hook: 'doubled', asOf: undefined, limit: 10 }, versions)
  expect(features.map((rows) => rows.length)).toEqual([1, 0])
  expect(await wrongCounts(archive)).toEqual([])
})

test('a run that ends while a new version is being published waits for it, also when its hook has left the convention', async () => {
  await using archive = await openRuns()
  const [first = ''] = await archive.publish(1)
  let publishing: Promise<void> | undefined
  await settleRun(archive.database, {
    convention: 'numbers',
    hook: 'doubled',
    releaseId: await releaseOf(archive),
    results: new Map([[first, [[1]]]]),
    async meanwhile() {
      await archive.rows('delete from convention_hook')
      const written = Promise.withResolvers<void>()
      publishing = postgres.transaction(archive.database, async (tx) => {
        await writeNextVersion(tx)
        written.resolve()
        const waiting = `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`
        await eventually(async () => expect((await archive.rows(waiting))[0].n).toBe(1))
      })
      await Promise.race([written.promise, publishing])
    },
  })
  await publishing
  expect(await archive.rows('select max(version)::int as version from record')).toEqual([{ version: 2 }])
  expect(await wrongCounts(archive)).toEqual([])
  expect(await coverage(archive)).toBeUndefined()
})

async function writeNextVersion(tx: postgres.Transaction): Promise<void> {
  const convention = 'numbers' as Slug
  const store = postgres.recordStore(tx)
  const schema = await store.schemaOf(convention)
  const replaces = (await store.newestOf({ convention, type: 'import', ids: ['r0'] }, true)).get('r0')
  if (schema === undefined || replaces === undefined) throw new Error('there is nothing to revise')
  const record = { source: { type: 'import', sourceNode: 'here', id: 'r0' } as const, metadata: { n: 7 }, files: [] }
  await store.insertVersions({ convention, schema, versions: [{ record, replaces }] }, 'test')
}

test('a cancelled run whose records were revised and withdrawn since can be retried, and nothing of them counts', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const [revised = '', withdrawn = '', other = ''] = await archive.publish(3)
  await backfills.handleEvents()
  const run = await backfills.addRun(1, [revised, withdrawn, other])
  await archive.cancel(run)
  await archive.revise(revised)
  await takeBack(archive.database, withdrawn)
  await archive.retry(run)
  await archive.work()
  // The cancelled run, its retry, and that of the new version.
  await archive.ended(3, 120_000)
  expect(await archive.outcomes()).toEqual({ PASSED: 4 })
  expect(await coverage(archive)).toEqual({ records: 2n, fresh: 2n, missing: 0n, rows: 2n })
  expect(await wrongCounts(archive)).toEqual([])
})

test('a backfill leaves out what is superseded or withdrawn before it comes to it, and ends', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const ids = (await archive.publish(30)).toSorted()
  await backfills.handleEvents()
  await archive.rows(`insert into backfill (id, hook, release_id, conventions, statuses, stale, carried, expected_count, actor)
    select gen_random_uuid(), hook, id, '{numbers}', '{MISSING}', true, '{}', 30, 'user:a' from hook_release`)
  const [{ id }] = await archive.rows('select id from backfill')
  const slow = { ...usualPlanningPace, batchSize: 10, windowSize: 4, windowsPerStep: 1 }
  await backfills.step(id, slow)
  // The first is carried already, the last is yet to be looked at.
  await archive.revise(ids[0] ?? '')
  await archive.revise(ids[29] ?? '')
  await takeBack(archive.database, ids[1] ?? '')
  for (let n = 0; n < 20; n += 1) await backfills.step(id, slow)
  expect((await backfills.batches(id)).flat()).toEqual(ids.slice(2, 29))
  for (const run of await archive.rows(`select id from hook_run where status = 'QUEUED'`)) await backfills.complete(run.id, 'PASSED')
  await backfills.step(id, slow)
  expect(await backfills.seen(id)).toEqual({ status: 'FINISHED', planned: 27n, done: 27n, failed: 0n, remaining: 0n })
  expect(await wrongCounts(archive)).toEqual([])
})

test('a revision, a withdrawal and a restoration are changes of a dataset: what was downloaded before is no longer the newest', async () => {
  await using archive = await openRuns()
  const { database } = archive
  const [first = ''] = await archive.publish(1)
  const dataset = await readableDataset(postgres.datasetQueries(database), 'numbers')
  const changedAt = async () => {
    await passedInstant(database)
    const { asOf } = await postgres.downloadQueries(database, { domain: 'localhost' }).settle(parseReading(dataset, { table: 'records' }))
    return asOf?.getTime() ?? 0
  }
  const times = [await changedAt()]
  for (const change of [() => archive.revise(first), () => takeBack(database, first), () => giveBack(database, first)]) {
    await change()
    times.push(await changedAt())
  }
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
  expect(await changedAt()).toBe(times.at(-1))
})

test('a cursor of a page of the versions that count is refused for all versions', async () => {
  await using archive = await openRuns()
  const [record = ''] = await archive.publish(1)
  const dataset = await readableDataset(postgres.datasetQueries(archive.database), 'numbers')
  const reading = (versions: 'COUNTING' | 'ALL') => parseReading(dataset, { table: 'records', versions })
  const cursor = printCursor(reading('COUNTING'), { keys: [], record: record as RecordId, ordinal: 0 })
  expect(parseCursor(reading('COUNTING'), cursor).record).toBe(record)
  expect(() => parseCursor(reading('ALL'), cursor)).toThrow('time, release and versions')
})
