import type { WatchedPart } from '@strata/domain/shared'
import type { JobQueue } from './job-queue.ts'

/** Whether the queue is reachable, named after its store. */
export function queuePart({ check }: Pick<JobQueue, 'check'>, redisUrl: string | undefined): WatchedPart {
  const where = redisUrl === undefined ? 'postgres' : 'redis'
  return { name: `queue (${where})`, check: () => check().then(() => undefined) }
}
