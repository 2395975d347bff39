import { AlreadyRunning, Conflict, NotFound } from '@strata/domain/shared'
import type { HeldBackfill } from './backfill.ts'
import type { PlanningPorts } from './backfill-ports.ts'
import { countSelected } from './count-selected.ts'
import { planBackfill } from './plan-backfill.ts'

/** Resumes a cancelled backfill: looks at all records again and computes those that are not fresh. */
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
    throw new Conflict(
      `This backfill has ended: it is ${status}. Request another one, which includes the records that are not fresh then.`,
      'id',
    )
  }
  const target = releases.find((release) => release.id === releaseId)
  if (target !== undefined && target.state !== 'YANKED') return target.version
  throw new Conflict(`Release ${target?.version} of "${hook}" was yanked and cannot be run any more.`, 'id')
}
