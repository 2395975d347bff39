import { datasetQueries, runInputs } from '@strata/infrastructure/postgres'
import type { RecordId } from '@strata/domain/record'
import { startInputDigest } from '@strata/domain/run'
import { parseSlug } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import { HookFails, scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { depositsIn } from './deposits.ts'
import { openRuns } from './open-runs.ts'

const noWait = { backoff: { firstMs: 10, atMostMs: 40 } }
const rejectsSmall = `export default ({ record, reject }) => record.metadata.n < 10 ? reject('it is too small') : [{ value: 1 }]`

function pass({ records, write }: ScriptedInput): void {
  for (const { id, metadata } of records) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

test('a candidate that passes its hooks is published with their results, which are not computed again', async () => {
  await using archive = await openRuns(undefined, [{ name: 'doubled' }, { name: 'nothing', source: 'export default () => []' }])
  const deposits = depositsIn(archive)
  await archive.work()
  const id = await deposits.submitted(21)
  const { record_id: record, candidate } = await deposits.until(id, 'PUBLISHED')
  expect(record).toBe(candidate)
  await deposits.settled()

  const runs = await archive.runs()
  expect(runs.map(({ hook, status, priority }) => [hook, status, priority]).toSorted()).toEqual([
    ['doubled', 'PASSED', 'INTERACTIVE'],
    ['nothing', 'PASSED', 'INTERACTIVE'],
  ])
  const [row] = await archive.rows('select _run, _record, value from features.doubled')
  expect(row).toEqual({ _run: runs.find(({ hook }) => hook === 'doubled')?.id, _record: record, value: 42 })
  expect(await archive.outcomes()).toEqual({ PASSED: 1, EMPTY: 1 })
  const rows = await datasetQueries(archive.database.reader).featuresOf({ hook: 'doubled', asOf: undefined, limit: 10 }, [
    record as RecordId,
  ])
  expect(rows).toMatchObject([[{ record, values: { value: 42 } }]])
})

test('a candidate that one hook rejects comes back with the reason; the other hook’s result is stored but not effective, and no record is published', async () => {
  await using archive = await openRuns(undefined, [{ name: 'doubled' }, { name: 'picky', source: rejectsSmall }])
  const deposits = depositsIn(archive)
  await archive.work()
  const id = await deposits.submitted(3)
  await archive.ended(2)
  expect(await deposits.until(id, 'DRAFT')).toMatchObject({
    findings: [{ hook: 'picky', kind: 'REJECTED', message: 'it is too small' }],
    candidate: null,
    record_id: null,
  })
  expect(await archive.outcomes()).toEqual({ PASSED: 1, REJECTED: 1 })
  expect(await archive.rows('select count(*)::int as n from features.doubled')).toEqual([{ n: 1 }])
  expect(await archive.rows('select id from record')).toEqual([])
  const [, table] = (await datasetQueries(archive.database.reader).dataset(parseSlug('numbers')))?.tables ?? []
  expect(table).toMatchObject({ name: 'doubled', rowCount: 0n })
  expect(await archive.rows('select decision from candidate')).toEqual([{ decision: 'REFUSED' }])
})

test('submitted again, it is a new candidate and is validated again; every input of hooks can be verified', async () => {
  await using archive = await openRuns(undefined, [{ name: 'picky', source: rejectsSmall }])
  const deposits = depositsIn(archive)
  await archive.work()
  const id = await deposits.submitted(3)
  await deposits.until(id, 'DRAFT')
  await archive.rows(`update deposition set metadata = '{"n": 12}' where id = $1`, [id])
  await deposits.submit(id)
  await deposits.until(id, 'PUBLISHED')
  expect(await archive.rows('select metadata, decision from candidate order by id')).toEqual([
    { metadata: { n: 3 }, decision: 'REFUSED' },
    { metadata: { n: 12 }, decision: 'PASSED' },
  ])
  for (const run of await archive.runs()) {
    const [batch] = await archive.rows('select record_ids as "recordIds", candidates from batch where id = $1', [run['batch_id']])
    const digest = startInputDigest({})
    for await (const record of runInputs(archive.database)(batch)) digest.add(record)
    expect(digest.end()).toBe(run['input_digest'])
  }
})

test('a hook that fails by its own fault gives the depositor an ERRORED finding', async () => {
  await using archive = await openRuns(undefined, [
    { name: 'broken', source: 'export default () => { throw new Error("no such column") }' },
  ])
  const deposits = depositsIn(archive)
  await archive.work()
  const id = await deposits.submitted(1)
  await archive.ended(1)
  const { findings } = await deposits.until(id, 'DRAFT')
  expect(findings).toEqual([{ hook: 'broken', kind: 'ERRORED', message: expect.stringContaining('no such column') }])
})

test('a candidate waits for the retry of retryable errors', async () => {
  await using archive = await openRuns()
  const deposits = depositsIn(archive)
  let tries = 0
  const flaky = scriptedRunner((input) => {
    tries += 1
    if (tries < 3) for (const id of input.ids) input.write('errors', { id, error: 'The licence server is busy.', retryable: true })
    else pass(input)
  })
  await archive.work({ runners: [flaky] })
  const id = await deposits.submitted(5)
  await deposits.until(id, 'PUBLISHED')
  await deposits.settled()
  expect(tries).toBe(3)
  expect(await archive.rows('select value from features.doubled')).toEqual([{ value: 5 }])
})

test('with review, it waits for a curator with its results, which become effective with the approval', async () => {
  await using archive = await openRuns()
  await archive.deploy(undefined, { review: true })
  const deposits = depositsIn(archive)
  await archive.work()
  const id = await deposits.submitted(7)
  await deposits.until(id, 'IN_REVIEW')
  const counted = async () =>
    (await datasetQueries(archive.database.reader).dataset(parseSlug('numbers')))?.tables.map(({ rowCount }) => rowCount)
  expect(await counted()).toEqual([0n, 0n])
  await deposits.approve(id)
  await deposits.settled()
  expect(await counted()).toEqual([1n, 1n])
  expect(await archive.runs()).toHaveLength(1)
})

test('after publishing, only a hook that was added in the meantime runs', async () => {
  await using archive = await openRuns()
  await archive.deploy(undefined, { review: true })
  const deposits = depositsIn(archive)
  await archive.work()
  const id = await deposits.submitted(7)
  await deposits.until(id, 'IN_REVIEW')
  await archive.deploy([{}, { name: 'late' }], { review: true })
  await deposits.approve(id)
  const runs = await archive.ended(2)
  await deposits.settled()
  expect(runs.map(({ hook }) => hook)).toEqual(['doubled', 'late'])
  expect(await archive.rows('select candidates from batch order by id')).toEqual([{ candidates: true }, { candidates: false }])
  expect(await archive.rows('select _record from features.late')).toEqual([{ _record: (await deposits.see(id)).record_id }])
})

test('after a fault of the machinery it stays in validation, and the retry brings the verdict', async () => {
  await using archive = await openRuns()
  const deposits = depositsIn(archive)
  let broken = true
  const runner = scriptedRunner((input) => {
    if (broken) throw new HookFails('IMAGE_PULL', 'The registry does not answer.')
    pass(input)
  })
  await archive.work({ runners: [runner], policy: noWait })
  const id = await deposits.submitted(7)
  const [failed] = await archive.ended(1)
  await deposits.settled()
  expect(failed).toMatchObject({ status: 'ERROR' })
  expect(await deposits.see(id)).toMatchObject({ status: 'IN_VALIDATION', findings: [] })
  expect(archive.lines).toContainEqual(expect.objectContaining({ level: 'warn', msg: expect.stringContaining('retry the run') }))
  broken = false
  await archive.retry(failed?.id ?? '')
  await deposits.until(id, 'PUBLISHED')
  await deposits.settled()
  expect(await archive.outcomes()).toEqual({ PASSED: 1 })
  expect(await archive.runs()).toHaveLength(2)
})

test('one hook’s finding decides the verdict, even if another hook’s run failed because of the machinery', async () => {
  await using archive = await openRuns(undefined, [{ name: 'broken' }, { name: 'picky' }])
  const deposits = depositsIn(archive)
  const runner = scriptedRunner(({ job, ids, write }) => {
    if (job.program.name === 'broken') throw new HookFails('CONFIG')
    for (const id of ids) write('rejections', { id, reason: 'it is odd' })
  })
  await archive.work({ runners: [runner] })
  const id = await deposits.submitted(7)
  expect(await deposits.until(id, 'DRAFT')).toMatchObject({ findings: [{ hook: 'picky', kind: 'REJECTED', message: 'it is odd' }] })
  const [stuck] = await archive.rows(`select id from hook_run where hook = 'broken'`)
  await expect(archive.retry(stuck.id)).rejects.toThrow('decided or withdrawn')
})

test('a new release takes over candidates that wait for a broken one', async () => {
  await using archive = await openRuns()
  const deposits = depositsIn(archive)
  const runner = scriptedRunner((input) => {
    if (input.job.runtime.config['fixed'] !== true) throw new HookFails('CONFIG', 'There is no such program in the image.')
    pass(input)
  })
  await archive.work({ runners: [runner] })
  const ids = [await deposits.submitted(7), await deposits.submitted(8)]
  await archive.ended(2)
  await deposits.settled()
  await archive.deploy([{ config: { fixed: true } }])
  for (const id of ids) await deposits.until(id, 'PUBLISHED')
  expect(await archive.rows('select value from features.doubled order by value')).toEqual([{ value: 7 }, { value: 8 }])
})

test('a hook that was removed from the convention delays no candidate', async () => {
  await using archive = await openRuns(undefined, [{}, { name: 'broken' }])
  const deposits = depositsIn(archive)
  const runner = scriptedRunner((input) => {
    if (input.job.program.name === 'broken') throw new HookFails('CONFIG')
    pass(input)
  })
  await archive.work({ runners: [runner] })
  const id = await deposits.submitted(7)
  await archive.ended(2)
  await deposits.settled()
  await archive.deploy([{}])
  await deposits.until(id, 'PUBLISHED')
})

test('withdrawing it while its hook runs ends the run, and the verdict is ignored', async () => {
  await using archive = await openRuns()
  const deposits = depositsIn(archive)
  const started = Promise.withResolvers<void>()
  const stuck = scriptedRunner(async ({ signal }) => {
    started.resolve()
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
  })
  await archive.work({ runners: [stuck] })
  const id = await deposits.submitted(7)
  await started.promise
  await deposits.withdraw(id)
  const [run] = await archive.ended(1)
  await deposits.settled()
  expect(run).toMatchObject({ status: 'CANCELLED' })
  expect(await deposits.see(id)).toMatchObject({ status: 'DRAFT', findings: [], candidate: null })
  expect(await archive.rows('select decision from candidate')).toEqual([{ decision: 'ABANDONED' }])
  await expect(archive.retry(run?.id ?? '')).rejects.toThrow('decided or withdrawn')
})

test('cancelling its run returns it to its owner', async () => {
  await using archive = await openRuns()
  const deposits = depositsIn(archive)
  const worker = await archive.work({
    config: { ...archive.config, runs: { ...archive.config.runs, concurrency: 1 } },
    runners: [
      scriptedRunner(({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))),
    ],
  })
  const id = await deposits.submitted(7)
  await expect.poll(async () => (await archive.runs()).map(({ status }) => status)).toEqual(['RUNNING'])
  await archive.cancel((await archive.runs())[0]?.id ?? '')
  expect(await deposits.until(id, 'DRAFT')).toMatchObject({
    findings: [{ hook: 'doubled', kind: 'ERRORED', message: expect.stringContaining('cancelled') }],
  })
  await worker.close()
})

test('delivered again, the events of a validation change nothing', async () => {
  await using archive = await openRuns(undefined, [{ name: 'one' }, { name: 'two' }])
  const deposits = depositsIn(archive)
  await archive.work({ runners: [scriptedRunner(pass)] })
  const ids = [await deposits.submitted(1), await deposits.submitted(2)]
  for (const id of ids) await deposits.until(id, 'PUBLISHED')
  await deposits.settled()
  const everything = () =>
    archive.rows(`select
    (select json_agg(r order by id) from record r) as records, (select json_agg(d order by id) from deposition d) as depositions,
    (select count(*) from batch) as batches, (select count(*) from hook_run) as runs, (select count(*) from outbox) as events`)
  const before = await everything()
  await archive.rows('update outbox set handled_at = null')
  await deposits.settled()
  expect(await everything()).toEqual(before)
})
