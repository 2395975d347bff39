import { maxFailureText } from '@strata/domain/run'
import { expect, test } from 'vitest'
import { openRuns } from '../runs/open-runs.ts'
import { HookFails, scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'

const noWait = { backoff: { firstMs: 10, atMostMs: 40 } }

function pass({ records, write }: ScriptedInput): void {
  for (const { id, metadata } of records) write('features', { id, features: [{ value: Number(metadata['n']) }] })
}

type Archive = Awaited<ReturnType<typeof openRuns>>

/** Makes the database refuse every run.json, as it refuses one that is too large for jsonb. */
async function refuseRunJson(archive: Archive): Promise<void> {
  await archive.rows(`
    create function refuse_run_json() returns trigger language plpgsql as $$
      begin raise exception 'total size of jsonb object elements exceeds the maximum' using errcode = 'program_limit_exceeded'; end $$`)
  await archive.rows(`
    create trigger refuse_run_json before update on hook_run for each row when (new.run_json is not null) execute function refuse_run_json()`)
}

test('a failure of 60 MB in each of four attempts ends the run, and each message is bounded', { timeout: 60_000 }, async () => {
  await using archive = await openRuns()
  await archive.work({
    runners: [
      scriptedRunner(() => {
        throw new HookFails('RUNTIME', 'x'.repeat(60 * 2 ** 20))
      }),
    ],
    policy: noWait,
  })
  await archive.publish(2)
  const [run] = await archive.ended(1, 50_000)
  expect(run).toMatchObject({ status: 'ERROR', failure_kind: 'RUNTIME', leases: 1 })
  const lengths = await archive.rows(
    'select length(failure_message) as n from run_attempt union all select length(failure_message) from hook_run',
  )
  expect(lengths).toHaveLength(5)
  for (const { n } of lengths) expect(n).toBeLessThanOrEqual(maxFailureText)
})

test('a message with characters that Postgres refuses ends the run like any other', async () => {
  await using archive = await openRuns()
  await archive.work({
    runners: [
      scriptedRunner(() => {
        throw new HookFails('CONFIG', 'a\0b\ud800c')
      }),
    ],
  })
  await archive.publish(1)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'ERROR', failure_kind: 'CONFIG', leases: 1 })
  expect(run?.['failure_message']).toContain('a␀b\ufffdc')
})

test('a run whose result the database refuses ends with the minimal record, and so does its batch', async () => {
  await using archive = await openRuns()
  await refuseRunJson(archive)
  await archive.work({ runners: [scriptedRunner(pass)] })
  await archive.publish(3)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'ERROR', failure_kind: 'UNKNOWN', row_count: 0n, passed_count: 0, run_json: null, leases: 1 })
  expect(run?.['failure_message']).toMatch(/could not be stored.*retry the run/)
  expect(await archive.rows('select count(*)::int as n from features.doubled')).toEqual([{ n: 0 }])
  expect(await archive.rows('select count(*)::int as n from batch where finished_at is not null')).toEqual([{ n: 1 }])
  expect(archive.lines.some((line) => JSON.stringify(line).includes('jsonb object elements'))).toBe(true)
  // The run can be repeated after the fault is fixed.
  await archive.rows('drop trigger refuse_run_json on hook_run')
  await archive.retry(run?.id ?? '')
  expect((await archive.ended(2))[1]).toMatchObject({ status: 'PASSED', row_count: 3n })
})

test('a run that cannot be concluded can still be cancelled', async () => {
  await using archive = await openRuns()
  await refuseRunJson(archive)
  const started = Promise.withResolvers<void>()
  const runner = scriptedRunner(async ({ signal }) => {
    started.resolve()
    await new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
  })
  await archive.work({ runners: [runner] })
  await archive.publish(1)
  await started.promise
  const [running] = await archive.runs()
  await archive.cancel(running?.id ?? '')
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'CANCELLED', failure_kind: 'CANCELLED', leases: 1 })
})

test('a transient fault costs nothing: the next worker concludes the run', async () => {
  await using archive = await openRuns()
  let refused = 0
  const reached = async (stage: string) => {
    if (stage !== 'written' || refused > 0) return
    refused += 1
    throw Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' })
  }
  await archive.work({ runners: [scriptedRunner(pass)], reached })
  await archive.publish(2)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'PASSED', row_count: 2n, leases: 2 })
})
