import { createRedisBackend, withBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from '../telemetry/index.ts'
import type { QueueBackend } from './backend.ts'

/** Two connections for all queues and workers, and one more for each worker, on which it waits. */
export async function openRedisBackend(o: { redisUrl: string; log: Logger }): Promise<QueueBackend> {
  const adding = connect(o, { maxRetriesPerRequest: 3 })
  const working = connect(o, { maxRetriesPerRequest: null })
  const backend = backendOn(adding, working)
  try {
    await adding.ping()
  } catch (cause) {
    await backend.close()
    throw new Error(`Redis at ${hostOf(o.redisUrl)} does not answer; REDIS_URL names it.`, { cause })
  }
  return backend
}

function backendOn(adding: Redis, working: Redis): QueueBackend {
  const { Queue, Worker } = withBackend(createRedisBackend)
  const prefix = 'strata'
  return {
    queue: (name) => new Queue(name, { connection: adding, prefix }),
    worker: (name, processor, options) => new Worker(name, processor, { ...options, connection: working, prefix }),
    // The first connection was made before there is a listener.
    recovered: (listener) => void adding.on('ready', listener),
    close: async () => {
      adding.disconnect()
      working.disconnect()
    },
  }
}

/** Whoever adds a job wants to be told soon that Redis is gone; a worker waits for it to come back. */
function connect(o: { redisUrl: string; log: Logger }, retries: { maxRetriesPerRequest: number | null }): Redis {
  const redis = new Redis(o.redisUrl, { ...retries, connectionName: 'strata-queue' })
  redis.on('error', (err) => o.log.warn({ err }, 'the queue has no connection to Redis and tries again'))
  return redis
}

function hostOf(redisUrl: string): string {
  return new URL(redisUrl).host
}
