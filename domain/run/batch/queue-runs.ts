import type { RuntimeConfig } from '@strata/domain/registry'
import type { BatchPriority } from './batch.ts'

/** What a worker is told of a run: where to find it. `leases` makes a run that came back another job. */
export interface RunNotice {
  readonly run: string
  readonly hook: string
  readonly leases: number
  readonly priority: BatchPriority
  readonly requestId: string | undefined
}

/** Port: runs that wait for a worker and that the queue was not told of, or so long ago that it may have forgotten. */
export interface WaitingRuns {
  take(limit: number, o: { patienceSeconds: number; except: UnreadyRuntimes }): Promise<readonly RunNotice[]>
  markQueued(runs: readonly string[]): Promise<void>
  /** Notes that the queue has no job for the run any more, because a worker could not start the run yet. */
  shelve(run: string): Promise<void>
  /** The queue may have forgotten the runs that it was told of, and is told of all of them again. */
  tellAgain(): Promise<void>
  /** Puts runs back whose worker went silent, and ends their open attempts; returns how many. */
  releaseExpired(limit: number, leaseSeconds: number): Promise<number>
}

/** What a worker cannot run yet. */
export interface UnreadyRuntimes {
  readonly types: readonly RuntimeConfig['type'][]
  readonly digests: readonly string[]
}

/** Port: wakes the workers for runs. What it still holds is left alone. */
export interface RunQueue {
  add(notices: readonly RunNotice[]): Promise<void>
}

/** Makes jobs of the runs that wait. Told first, marked second: a crash between the two only tells it again. */
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
