import { randomUUIDv7 } from 'node:crypto'
import { memoryBytes } from '@strata/domain/registry'
import { maxBatchSize } from '../batch/batch.ts'
import { progressOf, type BackfillProgress, type HeldBackfill } from './backfill.ts'
import type { BackfillEnd, PlanningPorts } from './backfill-ports.ts'
import { selector } from './selection.ts'

export interface PlanningPace {
  readonly batchSize: number
  /** The maximum number of batches that wait or run, which keeps the queue short and cancelling quick. */
  readonly maxBatchesUnderWay: number
  /** The number of records read at once. Limits the duration of a transaction for archives of any size. */
  readonly windowSize: number
  readonly windowsPerStep: number
}

export const usualPlanningPace: PlanningPace = { batchSize: maxBatchSize, maxBatchesUnderWay: 16, windowSize: 4_000, windowsPerStep: 5 }

export interface PlanningStep {
  /** The ids of created runs. */
  readonly runs: readonly string[]
  /** More records can be planned immediately. */
  readonly goesOn: boolean
}

const nothingToDo: PlanningStep = { runs: [], goesOn: false }

/**
 * One step of a backfill, in one transaction: looks at the next records, and creates a batch if there are enough. Of two
 * concurrent steps, one finds the backfill locked. A killed step leaves nothing behind, and the next one repeats it.
 */
export async function planBackfill(ports: PlanningPorts, id: string, pace: PlanningPace = usualPlanningPace): Promise<PlanningStep> {
  const backfill = await ports.backfills.claim(id)
  if (backfill === undefined) return nothingToDo
  const target = backfill.releases.find((release) => release.id === backfill.releaseId)
  if (target === undefined || target.state === 'YANKED') {
    await ports.backfills.end(id, {
      status: 'CANCELLED',
      reason: `Release ${target?.version} was yanked and cannot be run any more.`,
    })
    return nothingToDo
  }
  if (backfill.isPlanned) {
    if (backfill.batchesUnderWay === 0) await ports.backfills.end(id, endOf(progressOf(backfill, await ports.backfills.counts(id))))
    return nothingToDo
  }
  // Planning would skip the records of runs that are being stopped, because they still count as under way.
  if (backfill.isStopping || backfill.batchesUnderWay >= pace.maxBatchesUnderWay) return nothingToDo
  await ports.records.hold(target.id)
  return settle(ports, backfill, await find(ports, backfill, target.version, pace))
}

/** FAILED if nothing was computed; otherwise FINISHED, with the number of records that were not computed. */
function endOf({ planned, done, failed }: BackfillProgress): BackfillEnd {
  if (failed === 0n) return { status: 'FINISHED' }
  const advice = 'Look at its runs and their reasons, fix the cause, and request another backfill, which includes these records.'
  const cause = 'ended as errors, or their run failed or was cancelled'
  if (done === 0n) return { status: 'FAILED', reason: `None of its ${planned} records was computed: they ${cause}. ${advice}` }
  return { status: 'FINISHED', reason: `${failed} of ${planned} records were not computed: they ${cause}. ${advice}` }
}

interface Found {
  readonly ids: readonly string[]
  readonly after: string | undefined
  /** The number of records in a full batch. */
  readonly size: number
  /** Whether these are the last records of the convention. */
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

/** The batch is attributed to the actor who requested the backfill. */
async function makeBatch({ batches }: PlanningPorts, backfill: HeldBackfill, recordIds: readonly string[]): Promise<string> {
  const { id, hook, releaseId, limits, origin, place, conventions } = backfill
  const convention = conventions[place.position]
  if (convention === undefined) throw new Error(`backfill ${id} has records of no convention`)
  const run = { id: randomUUIDv7(), hook, releaseId, memoryBytes: memoryBytes(limits) }
  const cause = { kind: 'backfill', backfill: id } as const
  await batches.insert({ id: randomUUIDv7(), convention, priority: 'BACKFILL', recordIds, candidates: false, cause, runs: [run] }, origin)
  return run.id
}
