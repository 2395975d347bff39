import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { backfillsOn } from './backfills.ts'
import { openRuns } from './open-runs.ts'

test('each record’s outcome says whether it is fresh and, if not, why', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const [fresh, stale, missing, errored, gone] = await archive.publish(5)
  await backfills.newRelease(3)
  await backfills.newRelease(4)
  await backfills.settle(3, [fresh!], 'EMPTY')
  await backfills.settle(1, [fresh!, stale!], 'PASSED')
  await backfills.settle(3, [errored!], 'ERRORED')
  await backfills.settle(2, [gone!], 'PASSED')
  await backfills.setState(2, 'YANKED')
  const pairs = [gone, fresh, stale, missing, errored, fresh].map((record) => ({ record: record!, hook: 'doubled' }))
  expect(await postgres.readStaleness(archive.database.reader, pairs)).toEqual([
    {
      kind: 'YANKED',
      because: 'The result of release 2 of "doubled" for this record no longer counts, because the release was yanked: it was wrong',
    },
    { kind: 'FRESH' },
    { kind: 'STALE', because: 'This was computed by release 1 of "doubled"; release 3 is live and has not computed this record.' },
    { kind: 'MISSING', because: 'No release of "doubled" has computed this record yet.' },
    { kind: 'ERRORED', because: 'Release 3 of "doubled" failed on this record: so it is' },
    { kind: 'FRESH' },
  ])
})
