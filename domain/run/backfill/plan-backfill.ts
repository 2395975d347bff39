import { randomUUIDv7 } from 'node:crypto'
import { memoryBytes } from '@strata/domain/registry'
import { maxBatchSize } from '../batch/batch.ts'
import { progressOf, type BackfillProgress, type HeldBackfill } from './backfill.ts'
import type { BackfillEnd, PlanningPorts } from './backfill-ports.ts'
import { selector } from './selection.ts'

export interface PlanningPace {
  readonly batchSize: number
  /** So many batches of a backfill wait or run at a time: the queue stays short, and cancelling stops it soon. */
  readonly maxBatchesUnderWay: number
  /** Records are looked at in windows, and a step looks at few of them, so that no transaction is long whatever the archive's size. */
  readonly windowSize: number
  readonly windowsPerStep: number
}

export const usualPlanningPace: PlanningPace = { batchSize: maxBatchSize, maxBatchesUnderWay: 16, windowSize: 4_000, windowsPerStep: 5 }

export interface PlanningStep {
  /** Runs that it made. */
  readonly runs: readonly string[]
  /** There is more to look at, at once. */
  readonly goesOn: boolean
}

const nothingToDo: PlanningStep = { runs: [], goesOn: false }

/**
 * One step of a backfill, to be done in one transaction: looks at the next records, and makes a batch when there are
 * enough. Done by two at once, one of them finds it held; killed, nothing of it is kept and the next step is the same.
 */
export async function planBackfill(ports: PlanningPorts, id: string, pace: PlanningPace = usualPlanningPace): Promise<PlanningStep> {
  const backfill = await ports.backfills.claim(id)
  if (backfill === undefined) return nothingToDo
  const target = backfill.releases.find((release) => release.id === backfill.releaseId)
  if (target === undefined || target.state === 'YANKED') {
    await ports.backfills.end(id, {
      status: 'CANCELLED',
      reason: `Release ${target?.version} was yanked; nothing is computed with it any more.`,
    })
    return nothingToDo
  }
  if (backfill.isPlanned) {
    if (backfill.batchesUnderWay === 0) await ports.backfills.end(id, endOf(progressOf(backfill, await ports.backfills.counts(id))))
    return nothingToDo
  }
  // What is being stopped is still under way and would be passed over.
  if (backfill.isStopping || backfill.batchesUnderWay >= pace.maxBatchesUnderWay) return nothingToDo
  await ports.records.hold(target.id)
  return settle(ports, backfill, await find(ports, backfill, target.version, pace))
}

/** A backfill that computed nothing of what it planned has failed; one that left something out says how much. */
function endOf({ planned, done, failed }: BackfillProgress): BackfillEnd {
  if (failed === 0n) return { status: 'FINISHED' }
  const advice = 'Look at its runs and their reasons, mend the cause, and ask for another backfill, which takes these records.'
  const cause = 'came to an error, or their run failed or was cancelled'
  if (done === 0n) return { status: 'FAILED', reason: `None of its ${planned} records was computed: they ${cause}. ${advice}` }
  return { status: 'FINISHED', reason: `${failed} of ${planned} records were not computed: they ${cause}. ${advice}` }
}

interface Found {
  readonly ids: readonly string[]
  readonly after: string | undefined
  /** So many make a batch. */
  readonly size: number
  /** There are no more records in this convention. */
  readonly isEnd: boolean
}

async function find({ records }: PlanningPorts, backfill: HeldBackfill, target: number, pace: PlanningPace): Promise<Found> {
  const { place, limit, planned } = backfill
  const { batchSize, windowSize, windowsPerStep } = pace
  const size = limit === undefined ? batchSize : Math.min(batchSize, limit - Number(planned))
  const isSelected = selector(backfill, target, backfill.releases)
  const convention = backfill.conventions[place.position]
  if (convention === undefined) return { ids: [], after: undefined, size, isEnd: true }

  const carried = place.carried.length === 0 ? [] : await records.again(backfill, place.carried)
  const ids = carried.filter(({ results, isUnderWay }) => !isUnderWay && isSelected(results)).map((record) => record.id)
  let { after } = place
  for (let n = 0; n < windowsPerStep && ids.length < size; n += 1) {
    const window = await records.next(backfill, { convention, after, limit: windowSize })
    for (const record of window) {
      if (ids.length === size) return { ids, after, size, isEnd: false }
      after = record.id
      if (!record.isUnderWay && isSelected(record.results)) ids.push(record.id)
    }
    if (window.length < windowSize) return { ids, after, size, isEnd: true }
  }
  return { ids, after, size, isEnd: false }
}

async function settle(ports: PlanningPorts, backfill: HeldBackfill, { ids, after, size, isEnd }: Found): Promise<PlanningStep> {
  const { place, limit, conventions } = backfill
  const makesBatch = ids.length > 0 && (ids.length === size || isEnd)
  const runs = makesBatch ? [await makeBatch(ports, backfill, ids)] : []
  const planned = backfill.planned + (makesBatch ? BigInt(ids.length) : 0n)
  const position = isEnd ? place.position + 1 : place.position
  const isPlanned = position >= conventions.length || (limit !== undefined && planned >= BigInt(limit))
  await ports.backfills.advance(backfill.id, {
    position,
    after: isEnd ? undefined : after,
    carried: makesBatch ? [] : ids,
    planned,
    isPlanned,
  })
  return { runs, goesOn: !isPlanned }
}

/** The batch carries the actor who asked for the backfill. */
async function makeBatch({ batches }: PlanningPorts, backfill: HeldBackfill, recordIds: readonly string[]): Promise<string> {
  const { id, hook, releaseId, limits, origin, place, conventions } = backfill
  const convention = conventions[place.position]
  if (convention === undefined) throw new Error(`backfill ${id} has records of no convention`)
  const run = { id: randomUUIDv7(), hook, releaseId, memoryBytes: memoryBytes(limits) }
  const cause = { kind: 'backfill', backfill: id } as const
  await batches.insert({ id: randomUUIDv7(), convention, priority: 'BACKFILL', recordIds, candidates: false, cause, runs: [run] }, origin)
  return run.id
}
