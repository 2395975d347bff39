import type { RuntimeConfig } from '@strata/domain/registry'
import type { BatchPriority } from './batch.ts'

/** A worker's notice of a run: where to find it. `leases` makes a run that was given back another job. */
export interface RunNotice {
  readonly run: string
  readonly hook: string
  readonly leases: number
  readonly priority: BatchPriority
  readonly requestId: string | undefined
}

/** Port: waiting runs that the queue was never told of, or so long ago that it may have lost them. */
export interface WaitingRuns {
  take(limit: number, o: { patienceSeconds: number; except: UnreadyRuntimes }): Promise<readonly RunNotice[]>
  markQueued(runs: readonly string[]): Promise<void>
  /** Records that the queue has no job for the run, because the worker could not start it yet. */
  shelve(run: string): Promise<void>
  /** Tells the queue again of all runs that it was told of, because it may have lost them. */
  tellAgain(): Promise<void>
  /** Puts back the runs of silent workers and ends their open attempts; returns how many. */
  releaseExpired(limit: number, leaseSeconds: number): Promise<number>
}

/** Runtimes that the worker cannot run yet. */
export interface UnreadyRuntimes {
  readonly types: readonly RuntimeConfig['type'][]
  readonly digests: readonly string[]
}

/** Port: wakes workers for runs. Jobs that the queue still has are unchanged. */
export interface RunQueue {
  add(notices: readonly RunNotice[]): Promise<void>
}

/** Creates jobs for waiting runs. Adds the job first and marks the run second, so a crash in between only repeats the job. */
export async function queueRuns(
  ports: { runs: WaitingRuns; queue: RunQueue },
  o: { patienceSeconds: number; limit: number; except: UnreadyRuntimes },
): Promise<number> {
  const notices = await ports.runs.take(o.limit, o)
  if (notices.length === 0) return 0
  await ports.queue.add(notices)
  await ports.runs.markQueued(notices.map(({ run }) => run))
  return notices.length
}
