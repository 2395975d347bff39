import { usualPlanningPace } from '@strata/domain/run'
import { expect, test } from 'vitest'
import { backfillsOn } from './backfills.ts'
import { openRuns } from './open-runs.ts'

const slow = { ...usualPlanningPace, batchSize: 10, windowSize: 4, windowsPerStep: 1 }

test('two concurrent steps make one batch, and in the end each record is in exactly one', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const ids = (await archive.publish(95)).toSorted()
  await backfills.handleEvents()
  await backfills.settle(
    1,
    ids.filter((_, n) => n % 3 === 0),
    'PASSED',
  )
  const wanted = ids.filter((_, n) => n % 3 !== 0)
  const { backfill, records } = await backfills.start({ limit: 60 })
  expect(records).toBe(60n)
  // The first batch was made by whoever asked; it is taken back, so that all is to be planned.
  await backfills.cancel(backfill!)
  await archive.rows(
    `update backfill set status = 'RUNNING', status_reason = null, finished_at = null, planned_at = null, position = 0,
    after = null, planned_count = 0 where id = $1`,
    [backfill],
  )
  const isPlanned = async () => (await archive.rows('select planned_at from backfill'))[0].planned_at !== null
  while (!(await isPlanned())) await Promise.all([1, 2, 3].map(() => backfills.step(backfill!, slow)))
  const batches = (await backfills.batches(backfill!)).slice(1)
  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 10, 10, 10, 10])
  expect(batches.flat()).toEqual(wanted.slice(0, 60))
})

test('a killed step leaves nothing behind, and carried records are checked again', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const ids = (await archive.publish(30)).toSorted()
  await backfills.handleEvents()
  await archive.rows(`insert into backfill (id, hook, release_id, conventions, statuses, stale, carried, expected_count, actor)
    select gen_random_uuid(), hook, id, '{numbers}', '{MISSING}', true, '{}', 30, 'user:a' from hook_release`)
  const [{ id }] = await archive.rows('select id from backfill')
  await backfills.step(id, slow)
  expect(await archive.rows('select cardinality(carried) as carried from backfill')).toEqual([{ carried: 4 }])
  const before = await archive.rows('select * from backfill')

  // Killed between its statements: the connection is gone before the commit.
  await archive.rows(
    `create function die() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`,
  )
  await archive.rows('create trigger die after update on backfill for each row execute function die()')
  await expect(backfills.step(id, slow)).rejects.toThrow()
  await archive.rows('drop trigger die on backfill')
  expect(await archive.rows('select * from backfill')).toEqual(before)

  // What waits in the row is computed by somebody else before its batch is made.
  await backfills.settle(1, ids.slice(1, 3), 'EMPTY')
  for (let n = 0; n < 20; n += 1) await backfills.step(id, slow)
  const batches = await backfills.batches(id)
  expect(batches.flat()).toEqual(ids.filter((_, n) => n < 1 || n > 2))
  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 8])
})

test('two backfills of a release share the work, and no record is computed twice', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const ids = (await archive.publish(40)).toSorted()
  await backfills.handleEvents()
  const both = await Promise.all([backfills.start({ limit: 25 }), backfills.start({ limit: 25 })])
  expect(both.map(({ records }) => records).toSorted()).toEqual([15n, 25n])
  const taken = (await Promise.all(both.map(({ backfill }) => backfills.batches(backfill!)))).flat(2)
  expect(taken.toSorted()).toEqual(ids.toSorted())
  expect(await backfills.start()).toEqual({ records: 0n, batches: 0, runs: [], backfill: undefined })
})

test('a retry of a run and a backfill do not compute the same records', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const ids = (await archive.publish(4)).toSorted()
  await backfills.handleEvents()
  const run = await backfills.addRun(1, ids)
  await archive.cancel(run)
  const [{ backfill }, retried] = await Promise.all([
    backfills.start(),
    archive.retry(run).then(
      () => 'retried',
      (error: unknown) => error,
    ),
  ])
  const others = backfill === undefined ? [] : (await backfills.batches(backfill)).flat()
  if (retried === 'retried') expect(others).toEqual([])
  else {
    expect(retried).toMatchObject({ code: 'ALREADY_RUNNING' })
    expect(others).toEqual(ids)
  }
})

test('records that were just published are left to the runs that their publication starts', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const before = (await archive.publish(3)).toSorted()
  await backfills.handleEvents()
  await archive.publish(5)
  expect(await backfills.start({ dryRun: true })).toMatchObject({ records: 3n })
  const { backfill } = await backfills.start()
  expect((await backfills.batches(backfill!)).flat()).toEqual(before)
  await archive.work()
  await archive.ended(2)
  expect(await archive.rows('select record from run_outcome group by record having count(*) > 1')).toEqual([])
  expect(await archive.outcomes()).toEqual({ PASSED: 8 })
})

test('only a few batches are under way at a time, and new work goes first', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  await archive.publish(100)
  await backfills.handleEvents()
  await archive.rows(`insert into backfill (id, hook, release_id, conventions, statuses, stale, carried, expected_count, actor)
    select gen_random_uuid(), hook, id, '{numbers}', '{MISSING}', true, '{}', 100, 'user:a' from hook_release`)
  const [{ id }] = await archive.rows('select id from backfill')
  const pace = { ...slow, maxBatchesUnderWay: 3, windowSize: 100 }
  for (let n = 0; n < 10; n += 1) await backfills.step(id, pace)
  expect(await backfills.batches(id)).toHaveLength(3)
  expect(await backfills.seen(id)).toEqual({ status: 'RUNNING', planned: 30n, done: 0n, failed: 0n, remaining: 100n })
  expect(await archive.rows(`select distinct priority::text from hook_run where status = 'QUEUED'`)).toEqual([{ priority: 'BACKFILL' }])

  const [run] = await archive.rows(`select id from hook_run where status = 'QUEUED' order by id`)
  await backfills.complete(run.id, 'ERRORED')
  await backfills.step(id, pace)
  expect(await backfills.seen(id)).toEqual({ status: 'RUNNING', planned: 40n, done: 0n, failed: 10n, remaining: 90n })
})
