import { expect, test } from 'vitest'
import { scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { hookInput } from './manifest.ts'
import { openRuns } from './open-runs.ts'
import { eventually } from '../support/eventually.ts'

function pass({ records, write }: ScriptedInput): void {
  for (const { id, metadata } of records) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

/** A worker with one place, which the first run holds until it is let go. */
async function busyArchive(hooks = [{}]) {
  const archive = await openRuns(undefined, hooks)
  const begun = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  const runner = scriptedRunner(async (input) => {
    const { signal } = input
    begun.resolve()
    await Promise.race([open.promise, aborted(signal)])
    pass(input)
  })
  await archive.work({ runners: [runner], config: { ...archive.config, runs: { ...archive.config.runs, concurrency: 1 } } })
  await archive.publish(1)
  await begun.promise
  const handled = () => eventually(async () => expect(await archive.rows('select 1 from outbox where handled_at is null')).toEqual([]))
  return { ...archive, handled, letGo: () => open.resolve() }
}

const sizes = 'select record_count as records from hook_run order by id'

test(
  'publishes of a few records each become one run while a worker is busy, and each record is computed once',
  { timeout: 60_000 },
  async () => {
    await using archive = await busyArchive()
    for (let n = 0; n < 30; n += 1) await archive.publish(20)
    await archive.handled()
    const runs = await archive.rows(sizes)
    expect(runs.reduce((sum, { records }) => sum + records, 0)).toBe(601)
    // Four events are handled at a time, so at first so many find no batch that waits.
    expect(runs.length).toBeLessThanOrEqual(5)
    archive.letGo()
    const ended = await archive.ended(runs.length)
    for (const run of ended) expect(run).toMatchObject({ status: 'PASSED', run_json: { recordIds: { length: run['record_count'] } } })
    expect(await archive.outcomes()).toEqual({ PASSED: 601 })
    expect(await archive.rows('select record from run_outcome group by record having count(*) > 1')).toEqual([])
  },
)

test('a batch has at most 1,000 records, and only the records of one convention', { timeout: 60_000 }, async () => {
  await using archive = await busyArchive()
  await archive.deploy([], { slug: 'others', hooks: [hookInput({})] })
  for (let n = 0; n < 3; n += 1) {
    await archive.publish(400)
    await archive.handled()
    await archive.publish(5, undefined, 'others')
    await archive.handled()
  }
  expect(await archive.rows('select convention, record_count as records from hook_run order by convention, id')).toEqual([
    { convention: 'numbers', records: 1 },
    { convention: 'numbers', records: 800 },
    { convention: 'numbers', records: 400 },
    { convention: 'others', records: 15 },
  ])
  archive.letGo()
  await archive.ended(4)
  expect(await archive.outcomes()).toEqual({ PASSED: 1216 })
})

test('another release and another person get separate batches', { timeout: 60_000 }, async () => {
  await using archive = await busyArchive()
  await archive.publish(2)
  await archive.handled()
  await archive.deploy([{ source: 'export default () => []' }])
  await archive.publish(3)
  await archive.handled()
  await archive.rows(`create function other() returns trigger language plpgsql as $$ begin new.actor := 'user:b'; return new; end $$`)
  await archive.rows('create trigger other before insert on outbox for each row execute function other()')
  await archive.publish(4)
  await archive.handled()
  expect(await archive.rows('select record_count as records, actor from hook_run order by id')).toEqual([
    { records: 1, actor: 'user:a' },
    { records: 2, actor: 'user:a' },
    { records: 3, actor: 'user:a' },
    { records: 4, actor: 'user:b' },
  ])
})

test('even if workers start runs meanwhile, each record is in one run and computed once', { timeout: 60_000 }, async () => {
  await using archive = await openRuns(undefined, [{ name: 'one' }, { name: 'two' }])
  await archive.work({
    runners: [scriptedRunner(pass)],
    config: { ...archive.config, runs: { ...archive.config.runs, concurrency: 3, perHook: 3 } },
  })
  for (let n = 0; n < 60; n += 1) await archive.publish(4)
  const idle = 'select 1 as n from outbox where handled_at is null union all select 1 from hook_run where finished_at is null'
  await eventually(async () => expect(await archive.rows(idle)).toEqual([]))
  expect(await archive.outcomes()).toEqual({ PASSED: 480 })
  expect(await archive.rows('select record from run_outcome group by record, release_id having count(*) > 1')).toEqual([])
  const differing = await archive.rows(`
    select run.id from hook_run run join batch on batch.id = run.batch_id
    where run.run_json -> 'recordIds' <> to_jsonb(batch.record_ids) or run.record_count <> cardinality(batch.record_ids)`)
  expect(differing).toEqual([])
})

test('the database lets a batch grow, and only until one of its runs is begun', async () => {
  await using archive = await busyArchive([{ name: 'one' }, { name: 'two' }])
  await archive.publish(2)
  await archive.handled()
  const add = (where: string) =>
    archive.rows(`update batch set record_ids = record_ids || gen_random_uuid() where id in (select batch_id from hook_run where ${where})`)
  await expect(add(`status = 'RUNNING'`)).rejects.toThrow('may only grow, and only while none of its runs was begun')
  const waiting = `status = 'QUEUED' and record_count = 2`
  await expect(
    archive.rows(`update batch set record_ids = record_ids[2:] where id in (select batch_id from hook_run where ${waiting})`),
  ).rejects.toThrow('may only grow')
  await add(waiting)
  const [{ ok }] = await archive.rows(`
    select first_record = (select min(id::text)::uuid from unnest(record_ids) as id) and last_record = (select max(id::text)::uuid from unnest(record_ids) as id) as ok
    from batch where cardinality(record_ids) = 3`)
  expect(ok).toBe(true)
})

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
}
