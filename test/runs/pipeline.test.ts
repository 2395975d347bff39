import { expect, test } from 'vitest'
import { openRuns } from './open-runs.ts'

test('records are published, a module hook runs over them, and its rows carry the run', async () => {
  await using archive = await openRuns()
  await archive.work()
  const ids = await archive.publish(1_000)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({
    status: 'PASSED',
    hook: 'doubled',
    record_count: 1_000,
    passed_count: 1_000,
    row_count: 1_000n,
    oom_retries: 0,
  })
  const rows = await archive.rows('select _run, _record, _ordinal, value, word from features.doubled order by value')
  expect(rows).toHaveLength(1_000)
  expect(rows[7]).toMatchObject({ _run: run?.id, _record: ids[7], _ordinal: 0, value: 14, word: 'n7' })
  expect(await archive.outcomes()).toEqual({ PASSED: 1_000 })
})
