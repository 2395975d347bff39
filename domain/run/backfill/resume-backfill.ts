import { AlreadyRunning, Conflict, NotFound } from '@strata/domain/shared'
import type { HeldBackfill } from './backfill.ts'
import type { PlanningPorts } from './backfill-ports.ts'
import { countSelected } from './count-selected.ts'
import { planBackfill } from './plan-backfill.ts'

/** Goes on with a cancelled backfill: all records are looked at again, and what is still not fresh is computed. */
export async function resumeBackfill(ports: PlanningPorts, { id }: { id: string }): Promise<void> {
  const backfill = await ports.backfills.hold(id)
  if (backfill === undefined) throw new NotFound(`There is no backfill "${id.slice(0, 80)}".`, 'id')
  const version = requireResumable(backfill)
  const { hook, releaseId, conventions, releases, limit } = backfill
  const kept = await ports.records.kept({ hook, releaseId, conventions })
  const still = countSelected({ selection: backfill, target: version, releases, limit: undefined }, kept)
  const { done, underWay } = await ports.backfills.counts(id)
  const expected = done + underWay + still.records
  await ports.backfills.restart(id, { expected: limit !== undefined && BigInt(limit) < expected ? BigInt(limit) : expected, planned: done })
  await planBackfill(ports, id)
}

function requireResumable({ status, releases, releaseId, hook }: HeldBackfill): number {
  if (status === 'RUNNING') throw new AlreadyRunning('This backfill is running.', 'id')
  if (status !== 'CANCELLED') {
    throw new Conflict(`This backfill has ended: it is ${status}. Ask for another one, which takes what is not fresh by then.`, 'id')
  }
  const target = releases.find((release) => release.id === releaseId)
  if (target !== undefined && target.state !== 'YANKED') return target.version
  throw new Conflict(`Release ${target?.version} of "${hook}" was yanked; nothing is computed with it any more.`, 'id')
}
