import { expect, test } from 'vitest'
import { backfillsOn } from './backfills.ts'
import { openRuns } from './open-runs.ts'

/** Ten records by what is known of them when release 2 is live and release 1 came before it. */
async function mixedHistory() {
  const archive = await openRuns()
  const backfills = backfillsOn(archive)
  const ids = (await archive.publish(10)).toSorted()
  await backfills.handleEvents()
  await backfills.newRelease(3)
  const [missing, fresh, empty, rejected, errored, stalePassed, staleRejected, staleErrored, both, underWay] = ids.map(String)
  await backfills.settle(2, [fresh!, both!], 'PASSED')
  await backfills.settle(2, [empty!], 'EMPTY')
  await backfills.settle(2, [rejected!], 'REJECTED')
  await backfills.settle(2, [errored!], 'ERRORED')
  await backfills.settle(1, [stalePassed!, both!, errored!], 'PASSED')
  await backfills.settle(1, [staleRejected!], 'REJECTED')
  await backfills.settle(1, [staleErrored!], 'ERRORED')
  await backfills.addRun(2, [underWay!])
  return {
    archive,
    backfills,
    ids,
    named: { missing, fresh, empty, rejected, errored, stalePassed, staleRejected, staleErrored, both, underWay },
  }
}

test('stale, missing and errored records are selected, and fresh ones or those under way are not', async () => {
  const { archive, backfills, named } = await mixedHistory()
  await using _ = archive
  const names = new Map(Object.entries(named).map(([name, id]) => [id, name]))

  const everything = ['errored', 'missing', 'staleErrored', 'stalePassed', 'staleRejected']
  const cases = [
    { input: {}, takes: everything },
    { input: { stale: false }, takes: ['errored', 'missing'] },
    { input: { only: ['MISSING'] as const }, takes: ['missing'] },
    { input: { only: ['ERRORED'] as const }, takes: ['errored', 'staleErrored'] },
    { input: { only: ['ERRORED'] as const, stale: false }, takes: ['errored'] },
    { input: { only: ['REJECTED'] as const }, takes: ['staleRejected'] },
    { input: { only: ['PASSED', 'EMPTY'] as const }, takes: ['stalePassed'] },
    { input: { convention: 'numbers' }, takes: everything },
    // For release 1, what it made itself is fresh, though release 2 is live, and what only release 2 made is stale.
    { input: { version: 1 }, takes: ['empty', 'fresh', 'missing', 'rejected', 'staleErrored', 'underWay'] },
  ]
  for (const { input, takes } of cases) {
    expect(await backfills.start({ ...input, dryRun: true }), JSON.stringify(input)).toEqual({
      records: BigInt(takes.length),
      batches: 1,
      runs: [],
      backfill: undefined,
    })
    const { backfill, records } = await backfills.start(input)
    expect(records).toBe(BigInt(takes.length))
    const taken = (await backfills.batches(backfill!)).flat().map((id) => names.get(id))
    expect(taken.toSorted(), JSON.stringify(input)).toEqual(takes)
    await backfills.cancel(backfill!)
  }
})

test('a dry run changes nothing', async () => {
  const { archive, backfills } = await mixedHistory()
  await using _ = archive
  const everything = () =>
    archive.rows(`
    select (select count(*) from batch) as batches, (select count(*) from hook_run) as runs, (select count(*) from backfill) as backfills,
      (select count(*) from outbox) as events`)
  const before = await everything()
  expect(await backfills.start({ dryRun: true })).toMatchObject({ records: 5n, batches: 1 })
  expect(await everything()).toEqual(before)
})

test('a limit takes the first records; results of a yanked release are missing', async () => {
  const { archive, backfills, ids, named } = await mixedHistory()
  await using _ = archive
  const limited = await backfills.start({ limit: 2 })
  expect(limited).toMatchObject({ records: 2n, batches: 1 })
  expect((await backfills.batches(limited.backfill!)).flat()).toEqual([ids[0], named.errored])
  await backfills.cancel(limited.backfill!)

  await backfills.setState(1, 'YANKED')
  const missing = await backfills.start({ only: ['MISSING'] })
  expect((await backfills.batches(missing.backfill!)).flat()).toEqual([
    named.missing,
    named.stalePassed,
    named.staleRejected,
    named.staleErrored,
  ])
  // Its own results do not count any more, but what it would make would not either.
  await expect(backfills.start({ version: 1 })).rejects.toThrow('Release 1 of "doubled" was yanked and cannot be run any more.')
})

test('invalid requests are refused with what to do', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  await archive.publish(1)
  await backfills.handleEvents()
  await expect(backfills.start({ hook: 'tripled' })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'input.hook' })
  await expect(backfills.start({ version: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'input.version' })
  await expect(backfills.start({ convention: 'letters' })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'input.convention' })
  await expect(backfills.start({ limit: 0 })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.limit' })
  await expect(backfills.start({ only: [] })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.only' })
  await expect(backfills.start({ only: ['PASSED'], stale: false })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.only' })
  // A hook of a convention is deployed with its first release live; one that is only named in the registry has none.
  await archive.rows(`insert into hook (name, feature) select 'idle', feature from hook`)
  await expect(backfills.start({ hook: 'idle' })).rejects.toThrow(
    '"idle" has no live release. Make one live, or name a release with "version".',
  )
})
