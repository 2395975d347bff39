import { Conflict, NotFound } from '@strata/domain/shared'
import { cancelRun, type ControlPorts } from '../control/cancel-run.ts'
import type { BackfillStore } from './backfill-ports.ts'

/** Stops planning, ends the waiting runs and has workers stop the running ones. Computed results stay. */
export async function cancelBackfill(
  ports: ControlPorts & { readonly backfills: BackfillStore },
  { id }: { id: string },
  actor: string,
): Promise<void> {
  const backfill = await ports.backfills.hold(id)
  if (backfill === undefined) throw new NotFound(`There is no backfill "${id.slice(0, 80)}".`, 'id')
  if (backfill.status !== 'RUNNING')
    throw new Conflict(`This backfill has ended already: it is ${backfill.status}. Nothing was cancelled.`, 'id')
  await ports.backfills.end(id, { status: 'CANCELLED', reason: `Cancelled by ${actor}.` })
  // A run that ended while this waited for its lock may have started a follow-up run.
  for (let runs = await ports.backfills.runsToStop(id); runs.length > 0; runs = await ports.backfills.runsToStop(id)) {
    for (const run of runs) await cancelRun(ports, { id: run }, actor)
  }
}
