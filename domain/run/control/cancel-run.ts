import { Conflict, NotFound, type Outbox } from '@strata/domain/shared'
import type { BatchStore } from '../batch/batch.ts'
import type { HookRun, RunStatus } from '../hook-run.ts'

/** Port: cancels and retries runs, within the transaction of the use case. */
export interface RunControls {
  /** Locks the run until the transaction ends. */
  hold(run: string): Promise<ControlledRun | undefined>
  /** Asks the worker that has the run to stop it. */
  requestCancel(run: string, actor: string): Promise<void>
  /** Ends a run that no worker has taken. */
  cancelWaiting(run: string, actor: string): Promise<void>
  /** Creates a run of the same release over the same batch; undefined when one is under way. */
  repeat(run: ControlledRun, actor: string): Promise<string | undefined>
}

export interface ControlledRun extends Pick<HookRun, 'id' | 'batch' | 'hook' | 'status' | 'releaseId'> {
  readonly version: number
  readonly convention: string
  readonly isYanked: boolean
  /** Whether its result is still needed. It is not if all of its candidates are decided. */
  readonly isAwaited: boolean
}

export interface ControlPorts {
  readonly runs: RunControls
  readonly batches: BatchStore
  readonly outbox: Outbox
}

/** Ends a waiting run at once; has the worker stop a running one. */
export async function cancelRun(ports: ControlPorts, input: { id: string }, actor: string): Promise<void> {
  const run = await ports.runs.hold(input.id)
  if (run === undefined) throw new NotFound(`There is no run "${input.id.slice(0, 80)}".`, 'id')
  if (run.status === 'RUNNING') return ports.runs.requestCancel(run.id, actor)
  if (run.status !== 'QUEUED') throw new Conflict(`This run has ended already: it is ${run.status}. Nothing was cancelled.`, 'id')

  await ports.runs.cancelWaiting(run.id, actor)
  const status: RunStatus = 'CANCELLED'
  await ports.outbox.append({ type: 'RunFinished', run: run.id, hook: run.hook, version: run.version, status })
  if (await ports.batches.end(run.batch)) {
    await ports.outbox.append({ type: 'BatchFinished', batch: run.batch, convention: run.convention })
  }
}
