import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { HookFails, scriptedRunner } from '../support/scripted-runner.ts'
import { hookInput } from './manifest.ts'
import { openRuns } from './open-runs.ts'
import { eventually } from '../support/eventually.ts'

const endless = 'export default async () => { for (;;); }'
const other = { slug: 'others', hooks: [hookInput({ name: 'fine' })] }

test(
  'a hook that never ends is given up after its budget of wall time, and another convention is computed meanwhile',
  { timeout: 120_000 },
  async () => {
    await using archive = await openRuns(undefined, [{ name: 'endless', source: endless, timeoutSeconds: 1 }])
    await archive.deploy([], other)
    const config = { ...archive.config, runs: { ...archive.config.runs, concurrency: 1 } }
    await archive.work({ config })
    await archive.publish(50)
    await eventually(async () => expect(await archive.runs()).toMatchObject([{ status: 'RUNNING' }]))
    await archive.publish(3, undefined, 'others')
    const [bad, fine] = await archive.ended(2, 100_000)
    expect(fine).toMatchObject({ hook: 'fine', status: 'PASSED', row_count: 3n })
    expect(bad).toMatchObject({ hook: 'endless', status: 'FAILED', failure_kind: 'TIMEOUT', errored_count: 50 })
    expect(bad?.['failure_message']).toContain('budget of 5 seconds (its time limit is 1 seconds)')
    const [{ attempts }] = await archive.rows('select count(*)::int as attempts from run_attempt where run = $1', [bad?.id])
    expect(attempts).toBeLessThanOrEqual(5)
  },
)

test('one record that never ends does not affect the results of others', { timeout: 120_000 }, async () => {
  const source = `export default async ({ record }) => { while (record.metadata.n === 7); return [{ value: record.metadata.n }] }`
  await using archive = await openRuns(undefined, [{ source, timeoutSeconds: 1 }])
  await archive.work()
  await archive.publish(40)
  // A record that may only have been slow is computed again twice.
  const runs = await archive.ended(3, 100_000)
  expect(runs.map(({ status }) => status)).toEqual(['WARNINGS', 'FAILED', 'FAILED'])
  expect(await archive.outcomes()).toEqual({ PASSED: 39, ERRORED: 1 })
})

test('records that a run has no wall time left for are computed by another run', async () => {
  await using archive = await openRuns()
  const runner = scriptedRunner(async ({ records, write }) => {
    const some = records.length === 10 ? records.slice(0, 4) : records
    for (const { id, metadata } of some) write('features', { id, features: [{ value: Number(metadata['n']) }] })
    if (some.length === records.length) return
    await sleep(1_100)
    throw new HookFails('TIMEOUT')
  })
  await archive.work({ runners: [runner], config: { ...archive.config, runs: { ...archive.config.runs, maxSeconds: 1 } } })
  await archive.publish(10)
  const [first, second] = await archive.ended(2)
  expect(first).toMatchObject({ status: 'WARNINGS', passed_count: 4, errored_count: 6 })
  expect(second).toMatchObject({ status: 'PASSED', passed_count: 6 })
  const [{ reason }] = await archive.rows('select distinct reason from run_outcome where run = $1 and reason is not null', [first?.id])
  expect(reason).toContain('STRATA_RUN_MAX_SECONDS')
})

test('a convention with many waiting runs does not delay another one', { timeout: 60_000 }, async () => {
  await using archive = await openRuns(undefined, [{ name: 'busy' }])
  await archive.deploy([], other)
  const started: string[] = []
  const open = Promise.withResolvers<void>()
  const runner = scriptedRunner(async ({ job, ids, write }) => {
    started.push(job.program.name)
    await open.promise
    for (const id of ids) write('features', { id, features: [] })
  })
  await archive.work({ runners: [runner], config: { ...archive.config, runs: { ...archive.config.runs, concurrency: 1, perHook: 1 } } })
  await archive.publishApart(60)
  const waiting = (count: number) =>
    eventually(async () =>
      expect(await archive.rows('select count(*)::int as n from hook_run where queued_at is not null or finished_at is not null')).toEqual([
        { n: count },
      ]),
    )
  await waiting(60)
  await archive.publish(1, undefined, 'others')
  await waiting(61)
  open.resolve()
  await eventually(() => expect(started).toContain('fine'))
  // Those that were given a place before it came go first: the one that runs, and one that waited for its place on this machine.
  expect(started.indexOf('fine')).toBeLessThanOrEqual(3)
})
