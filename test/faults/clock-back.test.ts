import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { deployInput, moduleRelease, registryOn } from '../registry/registry.ts'
import { backfillsOn } from '../runs/backfills.ts'
import { openRuns } from '../runs/open-runs.ts'
import { createTestDatabase } from '../support/index.ts'
import { scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { eventually } from '../support/eventually.ts'

function pass({ records, write }: ScriptedInput): void {
  for (const { id, metadata } of records) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

type Archive = Awaited<ReturnType<typeof openRuns>>

/** What a worker leaves that took a run and died, before the clock was set back by two hours. */
async function leaveDeadRun(archive: Archive): Promise<void> {
  const records = await archive.publish(5)
  const backfills = backfillsOn(archive)
  await backfills.handleEvents()
  await backfills.addRun(1, records)
  await archive.rows(`
    update hook_run set status = 'RUNNING', lease_token = gen_random_uuid(), worker = 'dead', leases = 1, started_at = now() + interval '2 hours',
      heartbeat_at = now() + interval '2 hours', lease_expires_at = now() + interval '2 hours 30 seconds'
    where finished_at is null`)
}

test('a run whose worker died before the clock was set back is taken over, and does not end before it starts', async () => {
  await using archive = await openRuns()
  await leaveDeadRun(archive)
  await archive.work({ runners: [scriptedRunner(pass)] })
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'PASSED', leases: 2, row_count: 5n })
  expect(
    await archive.rows('select finished_at >= started_at and started_at >= created_at and committed_at >= started_at as ok from hook_run'),
  ).toEqual([{ ok: true }])
  expect(await archive.rows('select finished_at >= started_at as ok from run_attempt')).toEqual([{ ok: true }])
  const json = run?.['run_json'] as { startedAt: string; finishedAt: string; attempts: { startedAt: string; finishedAt: string }[] }
  for (const { startedAt, finishedAt } of [json, ...json.attempts]) expect(finishedAt >= startedAt).toBe(true)
})

test('such a run can be cancelled', async () => {
  await using archive = await openRuns()
  await leaveDeadRun(archive)
  const [dead] = await archive.runs()
  await archive.cancel(dead?.id ?? '')
  await archive.work({ runners: [scriptedRunner(pass)] })
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'CANCELLED' })
  await archive.retry(run?.id ?? '')
  expect((await archive.ended(2))[1]).toMatchObject({ status: 'PASSED' })
})

test('a worker that lives keeps its run when the clock is set back', async () => {
  await using archive = await openRuns()
  const started = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const runner = scriptedRunner(async (input) => {
    started.resolve()
    await end.promise
    pass(input)
  })
  await archive.work({ runners: [runner] })
  await archive.publish(2)
  await started.promise
  await archive.rows(
    `update hook_run set heartbeat_at = now() + interval '2 hours', lease_expires_at = now() + interval '2 hours 2 seconds'`,
  )
  // By then it has said twice that it lives, and those that look for lost runs have looked.
  const heard = () => archive.rows(`select heartbeat_at < now() and lease_expires_at < now() + interval '1 minute' as ok from hook_run`)
  await eventually(async () => expect(await heard()).toEqual([{ ok: true }]))
  end.resolve()
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'PASSED', leases: 1 })
  expect(runner.jobs).toHaveLength(1)
})

test('runs that were queued before the clock was set back are re-queued', async () => {
  await using archive = await openRuns()
  await archive.publish(3)
  // An event and a run that a queue, which was lost since, was told of two hours ahead.
  await archive.rows(`update outbox set relayed_at = now() + interval '2 hours'`)
  await archive.work({ runners: [scriptedRunner(pass)], pace: { patience: { seconds: 1, atMostSeconds: 3_600 } } })
  await archive.ended(1)
})

test('a pointer log written across a clock that is set back stays in order, and asOf reads it so', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const hook = 'find_pockets'
  const past = async (shift: string) => {
    await database.pool.query('alter table pointer_event disable trigger user; alter table hook_release disable trigger user')
    await database.pool.query(
      `update pointer_event set at = now() + interval '${shift}' where position = (select max(position) from pointer_event)`,
    )
    await database.pool.query(`update hook_release set built_at = built_at - interval '1 day'`)
    await database.pool.query('alter table pointer_event enable trigger user; alter table hook_release enable trigger user')
  }
  await past('-10 minutes')
  await registry.release(hook, moduleRelease(2))
  // Version 2 was made live while the clock was two hours ahead.
  await past('2 hours')
  await registry.release(hook, moduleRelease(3))
  await registry.setLive(hook, 1)
  await registry.setLive(hook, 3)

  const { rows } = await database.pool.query<{ at: Date; version: number; later: boolean | null }>(`
    select date_trunc('milliseconds', at + interval '999 microseconds') as at, version, at > lag(at) over (order by position) as later
    from pointer_event join hook_release release on release.id = to_release_id order by position`)
  expect(rows.map(({ version, later }) => [version, later])).toEqual([
    [1, null],
    [2, true],
    [3, true],
    [1, true],
    [3, true],
  ])
  const live = async (asOf?: Date) =>
    (await postgres.releaseStandings(database, [hook], asOf)).get(hook)?.find(({ isLive }) => isLive)?.version
  expect(await live()).toBe(3)
  // Callers ask for times in milliseconds; at each of them exactly that move is the last.
  for (const { at, version } of rows) expect(await live(at)).toBe(version)
  expect(await live(new Date((rows[1]?.at.getTime() ?? 0) - 1))).toBe(1)
})

test('the last state of a release counts, even if the clock was set back in between', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const hook = 'find_pockets'
  await registry.release(hook, moduleRelease(2))
  await registry.setState(hook, 1, 'DEPRECATED')
  await database.pool.query('alter table release_state_event disable trigger user')
  await database.pool.query(`update release_state_event set at = now() + interval '2 hours'`)
  await database.pool.query('alter table release_state_event enable trigger user')
  await registry.setState(hook, 1, 'YANKED')
  const later = new Date(Date.now() + 3 * 3_600_000)
  expect((await postgres.releaseStandings(database, [hook], later)).get(hook)?.map(({ state }) => state)).toEqual(['YANKED', 'ACTIVE'])
})

test('an outcome that is replaced after the clock was set back was effective until its successor was', async () => {
  await using archive = await openRuns()
  let isBusy = true
  await archive.work({
    runners: [scriptedRunner((input) => (isBusy ? input.ids.forEach((id) => input.write('errors', { id, error: 'Busy.' })) : pass(input)))],
  })
  await archive.publish(2)
  const [failed] = await archive.ended(1)
  await archive.rows('alter table run_outcome disable trigger user')
  await archive.rows(`update run_outcome set won_at = now() + interval '2 hours'`)
  await archive.rows('alter table run_outcome enable trigger user')
  isBusy = false
  await archive.retry(failed?.id ?? '')
  await archive.ended(2)
  const order = await archive.rows(`
    select first.lost_at >= first.won_at and second.won_at >= first.lost_at as ok
    from run_outcome first join run_outcome second on second.record = first.record and second.run > first.run`)
  expect(order).toEqual([{ ok: true }, { ok: true }])
})
