import { AlreadyRunning, Conflict, NotFound } from '@strata/domain/shared'
import type { ControlledRun, RunControls } from './cancel-run.ts'

/** Creates a run of the same release over the same records, for a run without results. Returns its id. */
export async function retryRun(ports: { runs: RunControls }, input: { id: string }, actor: string): Promise<string> {
  const run = await ports.runs.hold(input.id)
  if (run === undefined) throw new NotFound(`There is no run "${input.id.slice(0, 80)}".`, 'id')
  refuse(run)
  const id = await ports.runs.repeat(run, actor)
  if (id === undefined) throw new AlreadyRunning('This release is computing these records already; wait for that run, or cancel it.', 'id')
  return id
}

function refuse({ status, version, hook, isYanked, isAwaited }: ControlledRun): void {
  if (status === 'QUEUED' || status === 'RUNNING') throw new AlreadyRunning(`This run is ${status}; cancel it first, then retry it.`, 'id')
  if (status === 'PASSED' || status === 'WARNINGS') {
    throw new Conflict(
      `This run is ${status} and its results are final; only a run that is FAILED, ERROR or CANCELLED can be retried.`,
      'id',
    )
  }
  if (!isAwaited)
    throw new Conflict('All submissions of this run were decided or withdrawn meanwhile. Submit them again to have them checked.', 'id')
  if (isYanked) throw new Conflict(`Release ${version} of "${hook}" was yanked and cannot be run any more.`, 'id')
}
