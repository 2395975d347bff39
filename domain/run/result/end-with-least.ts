import type { HookName, Outbox, Slug } from '@strata/domain/shared'
import type { BatchStore } from '../batch/batch.ts'
import { runFailure, type RunFailure } from '../attempt/failure.ts'
import { LeaseLost, type Lease } from '../batch/run-lease.ts'

export interface LeastPorts {
  readonly runs: LeastEndings
  readonly batches: Pick<BatchStore, 'end'>
  readonly outbox: Outbox
}

/** Port: ends a run within the use case's transaction, and writes only its status and this failure. */
export interface LeastEndings {
  /** Undefined when another worker holds the lease. A cancelled run ends as CANCELLED, any other as ERROR. */
  endWithLeast(
    lease: Lease,
    failures: { readonly cancelled: RunFailure; readonly otherwise: RunFailure },
  ): Promise<EndedWithLeast | undefined>
}

export interface EndedWithLeast {
  readonly status: 'ERROR' | 'CANCELLED'
  readonly batch: string
  readonly hook: HookName
  readonly version: number
  readonly convention: Slug
}

const cancelled = runFailure('CANCELLED', 'The run was cancelled. Its results could not be stored.')
const otherwise = runFailure(
  'UNKNOWN',
  'The result of this run could not be stored; the log of the worker says why. Fix the cause, then retry the run.',
)

/**
 * Ends a run whose full conclusion failed, so that no run stays RUNNING for ever. It keeps no rows, outcomes or run.json, because one of
 * them made the conclusion fail. It needs the lease, like every end of a run.
 */
export async function endWithLeast({ runs, batches, outbox }: LeastPorts, lease: Lease): Promise<EndedWithLeast> {
  const ended = await runs.endWithLeast(lease, { cancelled, otherwise })
  if (ended === undefined) throw new LeaseLost(lease.run)
  const { batch, hook, version, convention, status } = ended
  await outbox.append({ type: 'RunFinished', run: lease.run, hook, version, status })
  if (await batches.end(batch)) await outbox.append({ type: 'BatchFinished', batch, convention })
  return ended
}
