import { expect, test } from 'vitest'
import { HookFails, scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { openRuns } from './open-runs.ts'

const noWait = { backoff: { firstMs: 10, atMostMs: 40 } }

function pass({ records, write }: ScriptedInput, some = records): void {
  for (const { id, metadata } of some) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

test('a hook that runs out of memory continues with twice as much, and only with unfinished records', async () => {
  await using archive = await openRuns()
  const runner = scriptedRunner((input) => {
    if (input.job.attempt > 1) return pass(input)
    pass(input, input.records.slice(0, 30))
    throw new HookFails('OOM', 'It used more than 128Mi.')
  })
  await archive.work({ runners: [runner] })
  await archive.publish(100)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'PASSED', oom_retries: 1, passed_count: 100, row_count: 100n })
  expect(runner.jobs.map(({ memoryBytes }) => memoryBytes)).toEqual([128 * 2 ** 20, 256 * 2 ** 20])
  const attempts = await archive.rows(
    'select number, because, records, memory_bytes, exit_code, failure_kind from run_attempt order by number',
  )
  expect(attempts).toEqual([
    { number: 1, because: 'first', records: 100, memory_bytes: BigInt(128 * 2 ** 20), exit_code: 1, failure_kind: 'OOM' },
    { number: 2, because: 'oom', records: 70, memory_bytes: BigInt(256 * 2 ** 20), exit_code: 0, failure_kind: null },
  ])
  expect(run?.['run_json']).toMatchObject({
    oomRetries: 1,
    outputs: [{ attempt: 1 }, { attempt: 2 }],
    attempts: [{ failure: { kind: 'OOM' } }, {}],
  })
  expect(await archive.rows('select count(*)::int as n from features.doubled')).toEqual([{ n: 100 }])
})

test('failed attempts are recorded like successful ones', async () => {
  await using archive = await openRuns()
  await archive.work({
    runners: [
      scriptedRunner(() => {
        throw new HookFails('OOM')
      }),
    ],
    policy: { ...noWait, maxOomRetries: 2, maxCrashesAtFirst: 3 },
  })
  await archive.publish(4)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'FAILED', failure_kind: 'OOM', oom_retries: 2, errored_count: 4, row_count: 0n })
  expect(run?.['run_json']).toMatchObject({ oomRetries: 2, status: 'FAILED', outputs: [], attempts: [{}, {}, {}] })
  const attempts = await archive.rows('select memory_bytes / 1048576 as mebi from run_attempt order by number')
  expect(attempts.map(({ mebi }) => Number(mebi))).toEqual([128, 256, 512])
})

test('one record that crashes the hook is found, and does not affect the others', async () => {
  await using archive = await openRuns()
  let poison = ''
  const runner = scriptedRunner((input) => {
    pass(input)
    if (input.ids.includes(poison)) throw new HookFails('HOOK_EXIT', 'Segmentation fault.')
  })
  await archive.work({ runners: [runner] })
  poison = (await archive.publish(300))[123] ?? ''
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'WARNINGS', passed_count: 299, errored_count: 1, row_count: 299n })
  const errored = await archive.rows(`select record, reason from run_outcome where status = 'ERRORED'`)
  expect(errored).toEqual([{ record: poison, reason: 'Segmentation fault.' }])
  expect(await archive.rows('select count(*)::int as n, count(distinct _record)::int as records from features.doubled')).toEqual([
    { n: 299, records: 299 },
  ])
  expect(runner.jobs.length).toBeLessThan(25)
})

test('a hook that always fails ends FAILED, says so for each record, and leaves its sibling alone', async () => {
  await using archive = await openRuns(undefined, [{ name: 'broken' }, { name: 'fine' }])
  const runner = scriptedRunner((input) => {
    if (input.job.program.name === 'broken') throw new HookFails('HOOK_EXIT', 'Cannot find module "left".')
    pass(input)
  })
  await archive.work({ runners: [runner] })
  await archive.publish(50)
  const runs = await archive.ended(2)
  const byHook = Object.fromEntries(runs.map((run) => [run.hook, run]))
  expect(byHook['fine']).toMatchObject({ status: 'PASSED', row_count: 50n })
  expect(byHook['broken']).toMatchObject({ status: 'FAILED', errored_count: 50, row_count: 0n })
  expect(await archive.rows('select count(*)::int as n from batch where finished_at is not null')).toEqual([{ n: 1 }])
})

test('a retryable error is retried automatically, and the new result is effective', async () => {
  await using archive = await openRuns()
  let flaky = ''
  const seen: number[] = []
  const runner = scriptedRunner((input) => {
    seen.push(input.ids.length)
    if (seen.length === 1) {
      pass(
        input,
        input.records.filter(({ id }) => id !== flaky),
      )
      input.write('errors', { id: flaky, error: 'The licence server is busy.', retryable: true })
    } else pass(input)
  })
  await archive.work({ runners: [runner] })
  await archive.publish(10).then((ids) => (flaky = ids[3] ?? ''))
  const runs = await archive.ended(2)
  expect(runs.map(({ status }) => status)).toEqual(['WARNINGS', 'PASSED'])
  expect(seen).toEqual([10, 1])
  expect(await archive.outcomes()).toEqual({ PASSED: 10 })
  expect(
    await archive.rows('select run, status, lost_at is null as wins from run_outcome where record = $1 order by run', [flaky]),
  ).toEqual([
    { run: runs[0]?.id, status: 'ERRORED', wins: false },
    { run: runs[1]?.id, status: 'PASSED', wins: true },
  ])
})

test('a permanent retryable error is retried twice and then kept', async () => {
  await using archive = await openRuns()
  const runner = scriptedRunner(({ ids, write }) => ids.forEach((id) => write('errors', { id, error: 'Busy.', retryable: true })))
  await archive.work({ runners: [runner] })
  await archive.publish(3)
  await archive.ended(3)
  expect(await archive.rows('select count(*)::int as n from hook_run')).toEqual([{ n: 3 }])
  expect(await archive.outcomes()).toEqual({ ERRORED: 3 })
  expect(await archive.rows('select count(*)::int as n from run_outcome')).toEqual([{ n: 9 }])
})

test('a batch that exceeds the time limit continues where it was stopped', async () => {
  await using archive = await openRuns()
  const runner = scriptedRunner((input) => {
    pass(input, input.records.slice(0, 40))
    if (input.ids.length > 40) throw new HookFails('TIMEOUT')
  })
  await archive.work({ runners: [runner] })
  await archive.publish(100)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'PASSED', row_count: 100n, oom_retries: 0 })
  expect(await archive.rows('select because, records from run_attempt order by number')).toEqual([
    { because: 'first', records: 100 },
    { because: 'continued', records: 60 },
    { because: 'continued', records: 20 },
  ])
})

test('a fault of the machinery is retried, and no record is blamed for it', async () => {
  await using archive = await openRuns()
  const runner = scriptedRunner(() => {
    throw new HookFails('RUNTIME', 'The engine does not answer.')
  })
  await archive.work({ runners: [runner], policy: noWait })
  await archive.publish(5)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'ERROR', failure_kind: 'RUNTIME', errored_count: 0 })
  expect(run?.['failure_message']).toMatch(/^The engine does not answer\. .*retry the run/)
  expect(runner.jobs).toHaveLength(4)
  expect(await archive.outcomes()).toEqual({})
})

test('a run that failed is retried on request: a new run of the same release over the same records', async () => {
  await using archive = await openRuns()
  let broken = true
  const runner = scriptedRunner((input) => {
    if (broken) throw new HookFails('CONFIG', 'The module does not parse.')
    pass(input)
  })
  await archive.work({ runners: [runner] })
  await archive.publish(5)
  const [failed] = await archive.ended(1)
  expect(failed).toMatchObject({ status: 'ERROR', failure_kind: 'CONFIG' })
  broken = false
  const [one, two] = await Promise.allSettled([archive.retry(failed?.id ?? ''), archive.retry(failed?.id ?? '')])
  expect([one.status, two.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  const runs = await archive.ended(2)
  expect(runs[1]).toMatchObject({ status: 'PASSED', retry_of: failed?.id, release_id: failed?.['release_id'], row_count: 5n })
  await expect(archive.retry(runs[1]?.id ?? '')).rejects.toThrow('its results are final')
})

test('output that breaks the contract makes its record ERRORED, and the error for unreadable output names the line', async () => {
  await using archive = await openRuns()
  let bad = ''
  const runner = scriptedRunner((input) => {
    pass(
      input,
      input.records.filter(({ id }) => id !== bad),
    )
    if (input.ids.includes(bad)) input.write('features', { id: bad, features: [{ value: 1 }, { value: 'many' }] })
  })
  const worker = await archive.work({ runners: [runner] })
  await archive.publish(10).then((ids) => (bad = ids[9] ?? ''))
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'WARNINGS', passed_count: 9, errored_count: 1, row_count: 9n })
  expect(await archive.rows(`select reason from run_outcome where record = $1`, [bad])).toEqual([
    { reason: expect.stringContaining('"value"') },
  ])
  await worker.close()

  await archive.work({ runners: [scriptedRunner(({ write }) => write('features', { id: 'somebody else', features: [] }))] })
  await archive.publish(1)
  const [, second] = await archive.ended(2)
  expect(second).toMatchObject({ status: 'FAILED', failure_kind: 'INVALID_OUTPUT', errored_count: 1 })
  expect(await archive.rows('select failure_kind, failure_message from run_attempt where run = $1', [second?.id])).toEqual([
    { failure_kind: 'INVALID_OUTPUT', failure_message: expect.stringContaining('features.jsonl, line 1') },
  ])
})
