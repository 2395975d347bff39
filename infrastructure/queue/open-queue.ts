import type { Logger } from '../telemetry/index.ts'
import { bullmqJobQueue } from './bullmq-job-queue.ts'
import type { JobQueue } from './job-queue.ts'
import { openPostgresBackend } from './postgres-backend.ts'
import { openRedisBackend } from './redis-backend.ts'

/** The queue is in the archive's own database, or in Redis if it is configured. */
export async function openQueue(o: { databaseUrl: string; redisUrl?: string | undefined; log: Logger }): Promise<JobQueue> {
  const backend =
    o.redisUrl === undefined
      ? await openPostgresBackend({ databaseUrl: o.databaseUrl, log: o.log })
      : await openRedisBackend({ redisUrl: o.redisUrl, log: o.log })
  return bullmqJobQueue(backend, o.log)
}
