import { expect, test } from 'vitest'
import { scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { backfillsOn } from './backfills.ts'
import { openRuns } from './open-runs.ts'
import { eventually } from '../support/eventually.ts'

function pass({ records, write }: Pick<ScriptedInput, 'records' | 'write'>): void {
  for (const { id, metadata } of records) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

const repeated = 'select record from run_outcome group by record, release_id having count(*) > 1'

test('a new release is staged, tried on a sample and made live, and the rest is computed; no record is computed twice', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  await archive.work({ runners: [scriptedRunner(pass)] })
  await archive.publish(30)
  await archive.ended(1)

  await backfills.newRelease(3, false)
  const sample = await backfills.start({ version: 2, limit: 4 })
  await eventually(async () =>
    expect(await backfills.seen(sample.backfill!)).toMatchObject({ status: 'FINISHED', done: 4n, failed: 0n, remaining: 0n }),
  )
  expect(await archive.rows('select _version as version, count(*)::int as n from features.doubled group by 1 order by 1')).toEqual([
    { version: 1, n: 30 },
    { version: 2, n: 4 },
  ])
  await backfills.setLive(2)
  const [rest] = await Promise.all([backfills.start(), archive.publish(5)])
  expect(rest.records).toBe(26n)
  await eventually(async () => expect(await backfills.seen(rest.backfill!)).toMatchObject({ status: 'FINISHED', done: 26n }))
  await archive.ended(4)
  expect(await archive.rows('select _version as version, count(*)::int as n from features.doubled group by 1 order by 1')).toEqual([
    { version: 1, n: 30 },
    { version: 2, n: 35 },
  ])
  expect(await archive.rows(repeated)).toEqual([])
  expect(await backfills.start()).toMatchObject({ records: 0n, backfill: undefined })
})

test('a backfill is cancelled, and resumed with the records that are not computed yet', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  await archive.publish(12)
  await backfills.handleEvents()
  const ids: string[] = (await archive.rows('select id from record order by id')).map(({ id }) => id)
  const first = await backfills.start({ limit: 4 })
  await backfills.complete(first.runs[0]!, 'PASSED')

  const started = Promise.withResolvers<void>()
  const endless = scriptedRunner(async ({ signal }) => {
    started.resolve()
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
  })
  const worker = await archive.work({ runners: [endless] })
  const { backfill, runs } = await backfills.start()
  await started.promise
  await backfills.cancel(backfill!)
  await expect(backfills.cancel(backfill!)).rejects.toMatchObject({ code: 'CONFLICT' })
  // What is being stopped has not ended; going on waits for it.
  await backfills.resume(backfill!)
  await expect(backfills.resume(backfill!)).rejects.toMatchObject({ code: 'ALREADY_RUNNING' })
  await eventually(async () =>
    expect(await archive.rows('select status::text from hook_run where id = $1', [runs[0]])).toEqual([{ status: 'CANCELLED' }]),
  )
  await eventually(async () => expect(await backfills.batches(backfill!)).toHaveLength(2))
  await worker.close()

  await archive.work({ runners: [scriptedRunner(pass)] })
  await eventually(async () =>
    expect(await backfills.seen(backfill!)).toMatchObject({ status: 'FINISHED', done: 8n, planned: 8n, remaining: 0n }),
  )
  expect((await backfills.batches(backfill!))[1]).toEqual(ids.slice(4))
  await expect(backfills.resume(backfill!)).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await archive.rows(repeated)).toEqual([])
})

test('cancelling a backfill ends its waiting runs, and its errors are not retried afterwards', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  await archive.publish(3)
  await backfills.handleEvents()
  const { backfill, runs } = await backfills.start()
  await backfills.cancel(backfill!)
  expect(await archive.runs()).toMatchObject([
    { id: runs[0], status: 'CANCELLED', failure_message: 'Cancelled by user:a before it had started.' },
  ])
  expect(await backfills.seen(backfill!)).toMatchObject({ status: 'CANCELLED', planned: 3n, done: 0n })

  const again = await backfills.start()
  await archive.work({
    runners: [scriptedRunner(({ ids, write }) => ids.forEach((id) => write('errors', { id, error: 'try later', retryable: true })))],
    // Cancelled in the last moment: the run ends as it would have, and nothing is begun because of it.
    reached: async (stage) => {
      if (stage === 'written') await backfills.cancel(again.backfill!)
    },
  })
  await archive.ended(2)
  expect(await archive.outcomes()).toEqual({ ERRORED: 3 })
  expect(await archive.rows(`select status::text from hook_run where status in ('QUEUED', 'RUNNING')`)).toEqual([])
})

test('retries of a backfill’s errors belong to the backfill', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  await archive.publish(3)
  await backfills.handleEvents()
  let tries = 0
  await archive.work({
    runners: [
      scriptedRunner((input) => {
        tries += 1
        if (tries === 1) for (const id of input.ids.slice(0, 2)) input.write('errors', { id, error: 'try later', retryable: true })
        pass({ ...input, records: input.records.slice(tries === 1 ? 2 : 0) })
      }),
    ],
  })
  const { backfill } = await backfills.start()
  await eventually(async () =>
    expect(await backfills.seen(backfill!)).toEqual({ status: 'FINISHED', planned: 3n, done: 3n, failed: 0n, remaining: 0n }),
  )
  expect((await backfills.batches(backfill!)).map((batch) => batch.length)).toEqual([3, 2])
})

test('a release that is yanked in the middle ends its backfill', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  await archive.publish(3)
  await backfills.handleEvents()
  await backfills.newRelease(3, false)
  const { backfill } = await backfills.start({ version: 2, limit: 2 })
  await backfills.setState(2, 'YANKED')
  await backfills.step(backfill!)
  expect(await archive.rows('select status::text, status_reason from backfill')).toEqual([
    { status: 'CANCELLED', status_reason: 'Release 2 was yanked and cannot be run any more.' },
  ])
  await expect(backfills.resume(backfill!)).rejects.toThrow('Release 2 of "doubled" was yanked')
})
