import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { scriptedRunner, type ScriptedInput } from '../support/scripted-runner.ts'
import { backfillsOn } from './backfills.ts'
import { depositsIn } from './deposits.ts'
import { openRuns } from './open-runs.ts'
import { eventually } from '../support/eventually.ts'

type Runs = Awaited<ReturnType<typeof openRuns>>

/** What the archive says that hooks have found. */
const kept = (archive: Runs) =>
  archive.rows(`select (select jsonb_agg(f order by _record, _ordinal) from features.doubled f) as rows,
    (select jsonb_agg(o order by run, record) from run_outcome o) as outcomes, (select jsonb_agg(c) from hook_coverage c) as coverage`)

async function compared(archive: Runs, run: string) {
  const queries = postgres.reproductionQueries(archive.database)
  return eventually(async () => {
    const [{ items } = expect.fail()] = await queries.reproductionPages([{ of: run, page: { first: 10 } }])
    expect(items[0]?.comparison).toBeDefined()
    return items[0]!.comparison!
  })
}

/** Runs 20 records through a hook, and one of the two ways again. */
async function runTwice(first: (input: ScriptedInput) => void, second: (input: ScriptedInput) => void, sample?: number) {
  const archive = await openRuns()
  let calls = 0
  await archive.work({ runners: [scriptedRunner((input) => ((calls += 1) === 1 ? first : second)(input))] })
  await archive.publish(20)
  const [run] = await archive.ended(1)
  const before = await kept(archive)
  const again = await backfillsOn(archive).reproduce(run!.id, sample)
  const comparison = await compared(archive, run!.id)
  expect(await kept(archive)).toEqual(before)
  return { archive, run: run!, again, comparison }
}

const doubling =
  (factor: (n: number) => number) =>
  ({ records, write }: ScriptedInput) => {
    for (const { id, metadata } of records) {
      const n = Number(metadata['n'])
      if (n === 3) write('rejections', { id, reason: 'threes are not wanted' })
      else if (n !== 4)
        write('features', {
          id,
          features: [
            { value: factor(n), word: 'a' },
            { value: n, word: `n${n}` },
          ],
        })
    }
  }
const usual = doubling((n) => n * 0.1)

test('a deterministic module gives bitwise equal results, and they are not stored', async () => {
  await using archive = await openRuns()
  await archive.work()
  await archive.publish(50)
  const [run] = await archive.ended(1)
  expect(run).toMatchObject({ status: 'PASSED', failure_message: null })
  const before = await kept(archive)
  await backfillsOn(archive).reproduce(run!.id)
  expect(await compared(archive, run!.id)).toMatchObject({
    verdict: 'IDENTICAL',
    recordsCompared: 50,
    rowsIdentical: 50n,
    rowsTolerated: 0n,
    rowsDiverged: 0n,
    examples: [],
  })
  expect(await kept(archive)).toEqual(before)
  const [, again] = await archive.runs()
  expect(again).toMatchObject({
    status: 'PASSED',
    reproduces: run!.id,
    record_count: 50,
    row_count: 50n,
    input_digest: run!['input_digest'],
    output_digest: run!['output_digest'],
  })
  // What the release has made is what is kept of it.
  const totals = await postgres.registryQueries(archive.database).releaseTotals([String(run!['release_id'])])
  expect(totals).toEqual([{ runs: 1, records: 50, rows: 50n }])
})

test('a sample always has the same records', async () => {
  const { archive, run, comparison } = await runTwice(usual, usual, 5)
  await using _ = archive
  expect(comparison).toMatchObject({ verdict: 'IDENTICAL', sample: 5, recordsCompared: 5, outcomesDiffering: 0 })
  await backfillsOn(archive).reproduce(run.id, 5)
  await archive.ended(3)
  const samples = (await archive.rows('select record_ids from batch order by id')).map(({ record_ids }) => record_ids).slice(1)
  expect(samples[0]).toEqual(samples[1])
})

test('numbers that differ in their last digits are within tolerance', async () => {
  const { archive, comparison } = await runTwice(
    usual,
    doubling((n) => n * 0.1 * (1 + 1e-12)),
  )
  await using _ = archive
  // 0 is 0 however it is multiplied.
  expect(comparison).toMatchObject({ verdict: 'WITHIN_TOLERANCE', rowsIdentical: 19n, rowsTolerated: 17n, rowsDiverged: 0n, examples: [] })
})

test('different, new or missing rows are DIVERGED, with examples', async () => {
  const { archive, comparison } = await runTwice(usual, ({ records, ...input }) => {
    usual({ ...input, records: records.filter(({ metadata }) => metadata['n'] !== 7) })
    for (const { id, metadata } of records) {
      if (metadata['n'] === 7) input.write('features', { id, features: [{ value: 0.7000001, word: 'a' }] })
    }
  })
  await using _ = archive
  expect(comparison).toMatchObject({ verdict: 'DIVERGED', rowsIdentical: 34n, rowsTolerated: 0n, rowsDiverged: 2n, outcomesDiffering: 0 })
  expect(comparison.examples).toMatchObject([
    { kind: 'ROW', ordinal: 0, before: { value: 7 * 0.1, word: 'a' }, after: { value: 0.7000001, word: 'a' } },
    { kind: 'ROW', ordinal: 1, before: { value: 7, word: 'n7' }, after: null },
  ])
})

test('changed outcomes and changed reasons are DIVERGED', async () => {
  const { archive, comparison } = await runTwice(usual, ({ records, write, ...input }) => {
    usual({ ...input, write, records: records.filter(({ metadata }) => ![3, 5].includes(Number(metadata['n']))) })
    for (const { id, metadata } of records) {
      if (metadata['n'] === 3) write('rejections', { id, reason: 'it is a three' })
      if (metadata['n'] === 5) write('errors', { id, error: 'no more memory', retryable: true })
    }
  })
  await using _ = archive
  expect(comparison).toMatchObject({ verdict: 'DIVERGED', recordsCompared: 20, outcomesDiffering: 2, rowsIdentical: 34n, rowsDiverged: 0n })
  expect(comparison.examples).toMatchObject([
    {
      kind: 'OUTCOME',
      before: { status: 'REJECTED', reason: 'threes are not wanted' },
      after: { status: 'REJECTED', reason: 'it is a three' },
    },
    { kind: 'OUTCOME', before: { status: 'PASSED', rows: 2 }, after: { status: 'ERRORED', reason: 'no more memory' } },
  ])
  // Errors of a comparison are not taken up, and nothing of it is a backfill's business.
  expect(await archive.rows('select count(*)::int as n from batch')).toEqual([{ n: 2 }])
  expect(await backfillsOn(archive).start({ dryRun: true })).toMatchObject({ records: 0n })
})

test('records that another run had won are compared by outcome, and counted as recordsWithoutRows', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const ids = await archive.publish(4)
  await backfills.handleEvents()
  await backfills.settle(1, ids.slice(0, 1), 'PASSED')
  const late = await backfills.addRun(1, ids)
  await archive.work()
  await archive.ended(2)
  await backfills.reproduce(late)
  expect(await compared(archive, late)).toMatchObject({
    verdict: 'IDENTICAL',
    recordsCompared: 4,
    recordsWithoutRows: 1,
    rowsIdentical: 3n,
  })
})

test('with a different input, nothing is compared', async () => {
  await using archive = await openRuns()
  await archive.work({ runners: [scriptedRunner(usual)] })
  await archive.publish(20)
  const [run] = await archive.ended(1)
  // No way of the archive leads here: a record changed where it is kept, as a broken disk or a hand in the database would.
  await archive.database.pool.query('alter table record disable trigger user')
  await archive.rows(`update record set metadata = jsonb_set(metadata, '{n}', '500') where metadata ->> 'n' = '7'`)
  await backfillsOn(archive).reproduce(run!.id)
  expect(await compared(archive, run!.id)).toMatchObject({
    verdict: 'INPUT_DIFFERS',
    recordsCompared: 0,
    rowsIdentical: 0n,
    rowsDiverged: 0n,
    examples: [],
  })
})

test('a run over unpublished data cannot be reproduced, because comparisons are public', async () => {
  await using archive = await openRuns(undefined, [{ name: 'picky', source: `export default ({ reject }) => reject('never')` }])
  const deposits = depositsIn(archive)
  await archive.work()
  await deposits.until(await deposits.submitted(3), 'DRAFT')
  const [run] = await archive.ended(1)
  await expect(backfillsOn(archive).reproduce(run!.id)).rejects.toThrow('Not all records of this run are published')
  expect(await archive.runs()).toHaveLength(1)
})

test('a run of a yanked release can be reproduced; invalid requests are refused', async () => {
  const { archive, run, again } = await runTwice(usual, usual)
  await using _ = archive
  const backfills = backfillsOn(archive)
  await backfills.newRelease(3)
  await backfills.setState(1, 'YANKED')
  await backfills.reproduce(run.id)
  await archive.ended(3)
  const [{ items } = expect.fail()] = await postgres
    .reproductionQueries(archive.database)
    .reproductionPages([{ of: run.id, page: { first: 10 } }])
  expect(items.map(({ comparison }) => comparison?.verdict)).toEqual(['IDENTICAL', 'IDENTICAL'])

  await expect(backfills.reproduce('nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'run' })
  await expect(backfills.reproduce(again)).rejects.toThrow(`This run is itself a reproduction, of run ${run.id}; reproduce that one.`)
  await expect(backfills.reproduce(run.id, 0)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'sample' })
  const [record] = await archive.rows('select id from record limit 1')
  await expect(backfills.reproduce(await backfills.addRun(2, [record.id]))).rejects.toMatchObject({ code: 'CONFLICT', field: 'run' })
})

test('a cancelled reproduction has no verdict, and its retry is a reproduction again', async () => {
  await using archive = await openRuns()
  const backfills = backfillsOn(archive)
  const worker = await archive.work()
  await archive.publish(3)
  const [run] = await archive.ended(1)
  await worker.close()
  const again = await backfills.reproduce(run!.id)
  await archive.cancel(again)
  const [{ items } = expect.fail()] = await postgres
    .reproductionQueries(archive.database)
    .reproductionPages([{ of: run!.id, page: { first: 10 } }])
  expect(items).toEqual([{ run: again }])
  await archive.retry(again)
  await archive.work()
  expect(await compared(archive, run!.id)).toMatchObject({ verdict: 'IDENTICAL' })
  expect(await archive.outcomes()).toEqual({ PASSED: 3 })
})
