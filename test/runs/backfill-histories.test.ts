import fc from 'fast-check'
import { standingStatuses, usualPlanningPace, type StandingStatus } from '@strata/domain/run'
import { Refusal } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import { giveBack, takeBack } from '../versions/taking-back.ts'
import { backfillsOn } from './backfills.ts'
import { openRuns } from './open-runs.ts'

type Step =
  | { readonly does: 'publish'; readonly count: number; readonly handled: boolean }
  | { readonly does: 'revise' | 'takeBack' | 'giveBack'; readonly record: number; readonly handled: boolean }
  | { readonly does: 'release'; readonly promote: boolean }
  | { readonly does: 'setLive' | 'yank' | 'deprecate'; readonly version: number }
  | { readonly does: 'settle'; readonly version: number; readonly of: number; readonly status: 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED' }
  | { readonly does: 'queue'; readonly version: number; readonly of: number }
  | {
      readonly does: 'backfill'
      readonly only: readonly StandingStatus[] | null
      readonly stale: boolean
      readonly version: number | null
      readonly limit: number | null
      readonly ending: 'leave' | 'cancel' | 'complete'
    }

const version = fc.integer({ min: 1, max: 4 })
/** Which records, as bits over their places. */
const of = fc.integer({ min: 1, max: 2 ** 12 - 1 })
const outcome = fc.constantFrom('PASSED' as const, 'EMPTY' as const, 'REJECTED' as const, 'ERRORED' as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 4 }), handled: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('revise' as const, 'takeBack' as const, 'giveBack' as const),
      record: fc.nat(11),
      handled: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('release' as const), promote: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('setLive' as const, 'yank' as const, 'deprecate' as const), version }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('settle' as const), version, of, status: outcome }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('queue' as const), version, of }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('backfill' as const),
      only: fc.option(fc.subarray([...standingStatuses], { minLength: 1 }), { freq: 1 }),
      stale: fc.boolean(),
      version: fc.option(version, { freq: 1 }),
      limit: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 1 }),
      ending: fc.constantFrom('leave' as const, 'cancel' as const, 'complete' as const),
    }),
  },
)

const pace = { ...usualPlanningPace, batchSize: 3, windowSize: 2, windowsPerStep: 2, maxBatchesUnderWay: 1_000 }

let checked = 0

test('after a random history, a backfill plans the same records as a check of each record', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 18 }), async (steps) => {
      await using archive = await openRuns()
      const backfills = backfillsOn(archive)
      await archive.publish(4)
      await backfills.handleEvents()
      let releases = 1

      /** The rule in other words, over the rows as they lie there. */
      async function naive(o: Extract<Step, { does: 'backfill' }>): Promise<string[]> {
        const counting = await archive.rows(`select id from record
          where version = (select max(version) from record other where other.identity = record.identity)
            and not exists (select from withdrawal where record = identity and restored_at is null) order by id`)
        const records: string[] = counting.map(({ id }) => id)
        const versions = await archive.rows(`select release.id, version, state::text, hook.live_release_id = release.id as live
          from hook_release release join hook on hook.name = release.hook`)
        const target = versions.find((one) => (o.version === null ? one.live : one.version === o.version))
        const winners = await archive.rows(
          'select record, release_id, status::text from run_outcome where won_at is not null and lost_at is null',
        )
        const busy = await archive.rows(
          `select unnest(record_ids) as id from batch join hook_run on batch_id = batch.id
          where release_id = $1 and status in ('QUEUED', 'RUNNING')
          union select jsonb_array_elements_text(payload -> 'recordIds')::uuid from outbox where type = 'RecordsPublished' and handled_at is null`,
          [target.id],
        )
        const wanted = records.filter((id) => {
          if (busy.some((one) => one.id === id)) return false
          const of = winners.filter(({ record }) => record === id)
          const own = of.find(({ release_id }) => release_id === target.id)
          if (own) return own.status === 'ERRORED' && (o.only ?? standingStatuses).includes('ERRORED')
          const others = versions.filter(
            ({ state, id: release }) => state !== 'YANKED' && of.some(({ release_id }) => release_id === release),
          )
          const best = others.find(({ live }) => live) ?? others.toSorted((a, b) => b.version - a.version)[0]
          if (!best) return (o.only ?? standingStatuses).includes('MISSING')
          return o.stale && (o.only ?? standingStatuses).includes(of.find(({ release_id }) => release_id === best.id).status)
        })
        return o.limit === null ? wanted : wanted.slice(0, o.limit)
      }

      async function act(one: Step): Promise<void> {
        switch (one.does) {
          case 'publish':
            await archive.publish(one.count)
            return void (one.handled && (await backfills.handleEvents()))
          case 'revise':
          case 'takeBack':
          case 'giveBack': {
            const records =
              await archive.rows(`select id, exists (select from withdrawal where record = identity and restored_at is null) as withdrawn
              from record where version = 1 order by id`)
            const { id, withdrawn } = records[one.record % records.length]
            if (one.does === 'revise') await archive.revise(id)
            else if (withdrawn !== (one.does === 'takeBack')) await (one.does === 'takeBack' ? takeBack : giveBack)(archive.database, id)
            return void (one.handled && (await backfills.handleEvents()))
          }
          case 'release':
            if (releases < 4) await backfills.newRelease((releases += 1), one.promote)
            return
          case 'setLive':
            return void (await backfills.setLive(one.version))
          case 'yank':
            return void (await backfills.setState(one.version, 'YANKED'))
          case 'deprecate':
            return void (await backfills.setState(one.version, 'DEPRECATED'))
          case 'settle':
          case 'queue': {
            const records = (await archive.rows('select id from record order by id'))
              .map(({ id }) => id)
              .filter((_, n) => (one.of >> (n % 12)) & 1)
            if (one.version > releases || records.length === 0) return
            return void (one.does === 'settle'
              ? await backfills.settle(one.version, records, one.status)
              : await backfills.addRun(one.version, records))
          }
          case 'backfill':
            return check(one)
        }
      }

      async function check(one: Extract<Step, { does: 'backfill' }>): Promise<void> {
        const input = { only: one.only, stale: one.stale, version: one.version, limit: one.limit }
        const dry = await backfills.start({ ...input, dryRun: true })
        const expected = await naive(one)
        expect(dry.records).toBe(BigInt(expected.length))
        checked += expected.length
        const { backfill, records, runs } = await backfills.start(input)
        expect(records).toBe(dry.records)
        if (backfill === undefined) return expect(expected).toEqual([])
        // The usual pace took all at once; at this one it comes bit by bit.
        expect((await backfills.batches(backfill)).flat()).toEqual(expected)
        await backfills.cancel(backfill)
        await backfills.resume(backfill)
        for (let n = 0; n < 30; n += 1) await backfills.step(backfill, pace)
        const batches = (await backfills.batches(backfill)).slice(1)
        expect(batches.flat()).toEqual(expected)
        expect(runs).toHaveLength(1)
        if (one.ending === 'cancel') await backfills.cancel(backfill)
        if (one.ending !== 'complete') return
        const made = await archive.rows(
          `select hook_run.id from hook_run join batch on batch.id = batch_id where backfill_id = $1 and status = 'QUEUED'`,
          [backfill],
        )
        for (const { id } of made) await backfills.complete(id, 'PASSED')
        await backfills.step(backfill)
        expect(await backfills.seen(backfill)).toEqual({ status: 'FINISHED', planned: records, done: records, failed: 0n, remaining: 0n })
        expect(await naive(one)).not.toEqual(expect.arrayContaining(expected.slice(0, 1)))
      }

      for (const one of steps) {
        await act(one).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error
        })
      }
    }),
    { numRuns: 12 },
  )
  // Not all that is asked for is refused or takes nothing.
  expect(checked).toBeGreaterThan(5)
})
