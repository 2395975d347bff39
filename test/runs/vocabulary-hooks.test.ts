import { expect, test } from 'vitest'
import { depositsIn } from './deposits.ts'
import { openRuns } from './open-runs.ts'

test('a vocabulary hook from an earlier version of the archive delays neither records nor other hooks', async () => {
  await using archive = await openRuns()
  for (const statement of [
    `insert into hook (name, feature) values ('classify', '{"kind":"vocabulary","vocabulary":"words","field":"word"}')`,
    `insert into hook_release (id, hook, version, runtime, artifact, source_ref, built_by)
      select gen_random_uuid(), 'classify', version, runtime, artifact, source_ref, built_by from hook_release where hook = 'doubled'`,
    `with moved as (update hook set live_release_id = (select id from hook_release where hook = 'classify') where name = 'classify' returning *)
      insert into pointer_event (id, hook, position, to_release_id, actor) select gen_random_uuid(), name, 1, live_release_id, 'user:a' from moved`,
    `insert into convention_hook values ('numbers', 'classify', 1)`,
  ]) {
    await archive.rows(statement)
  }

  const deposits = depositsIn(archive)
  await archive.work()
  await archive.publish(2)
  await deposits.until(await deposits.submitted(9), 'PUBLISHED')
  const runs = await archive.ended(2)
  expect(runs.map(({ hook, status }) => [hook, status])).toEqual([
    ['doubled', 'PASSED'],
    ['doubled', 'PASSED'],
  ])
})
