import { createRedisBackend, withBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from '../telemetry/index.ts'
import type { QueueBackend } from './backend.ts'
import { connectionState, type ConnectionState } from './connection-state.ts'

/** Two connections for all queues and workers, and one more for each worker, on which it waits. */
export async function openRedisBackend(o: { redisUrl: string; log: Logger }): Promise<QueueBackend> {
  const connection = connectionState('redis', o.log)
  const adding = connect(o, connection, { maxRetriesPerRequest: 3, commandTimeout: 5_000 })
  const working = connect(o, connection, { maxRetriesPerRequest: null })
  const backend = backendOn(adding, working, connection)
  const late = AbortSignal.timeout(firstAnswerMs)
  const tooLate = new Promise<never>((_, reject) =>
    late.addEventListener('abort', () => reject(new Error(`it was silent for ${firstAnswerMs / 1_000} seconds`))),
  )
  try {
    await Promise.race([adding.ping(), tooLate])
  } catch (cause) {
    await backend.close()
    throw new QueueAway(hostOf(o.redisUrl), { cause })
  }
  return backend
}

const firstAnswerMs = 10_000

/** Refused at start: without its queue, a worker would never get any work. */
class QueueAway extends Error {
  constructor(host: string, options: ErrorOptions) {
    super(
      `Redis at ${host} does not answer. Check that it runs and that REDIS_URL is right; without REDIS_URL, the queue is in PostgreSQL.`,
      options,
    )
    this.name = 'QueueAway'
  }
}

function backendOn(adding: Redis, working: Redis, connection: ConnectionState): QueueBackend {
  const { Queue, Worker } = withBackend(createRedisBackend)
  const prefix = 'strata'
  return {
    queue: (name) => new Queue(name, { connection: adding, prefix }),
    worker: (name, processor, options) => new Worker(name, processor, { ...options, connection: working, prefix }),
    // The first connection is made before there is a listener.
    recovered: (listener) => void adding.on('ready', listener),
    connection,
    async check() {
      // Otherwise the command would wait in the client for a connection.
      if (adding.status !== 'ready') throw new Error(`the connection to Redis is ${adding.status}`)
      await adding.ping()
    },
    close: async () => {
      adding.disconnect()
      working.disconnect()
    },
  }
}

/** Adding a job fails quickly when Redis is unavailable; a worker waits for it. */
function connect(
  o: { redisUrl: string },
  connection: ConnectionState,
  retries: { maxRetriesPerRequest: number | null; commandTimeout?: number },
): Redis {
  const redis = new Redis(o.redisUrl, { ...retries, connectionName: 'strata-queue' })
  return redis.on('error', (err: Error) => connection.lost(err)).on('ready', () => connection.back())
}

function hostOf(redisUrl: string): string {
  return new URL(redisUrl).host
}
