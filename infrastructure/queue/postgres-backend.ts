import { createPostgresBackend, isPgPool, runMigrations, withBackend, type PgPool } from 'bullmq'
import { Pool } from 'pg'
import { firstConnection, missingRights } from '../postgres/session/first-connection.ts'
import { outliveLostClients } from '../postgres/session/outlive.ts'
import type { Logger } from '../telemetry/index.ts'
import type { QueueBackend } from './backend.ts'
import { connectionState, type ConnectionState } from './connection-state.ts'

/** A separate schema, so that it can be dropped and created again. */
const schema = 'bullmq'

/** For adding jobs and for the workers' commands. Each worker uses one more connection to listen. */
const sharedConnections = 4

/**
 * All queues and workers of a process share one pool. By default, BullMQ opens one for each, which would soon exhaust the server's
 * `max_connections`.
 */
export async function openPostgresBackend(o: { databaseUrl: string; log: Logger }): Promise<QueueBackend> {
  await createSchema(o.databaseUrl)
  const state = connectionState('postgres', o.log)
  const pool = openPool(o, state)
  const connection = asConnection(pool)
  const { Queue, Worker } = withBackend(createPostgresBackend)
  return {
    queue: (name) => new Queue(name, { connection }),
    worker: (name, processor, options) => {
      pool.options.max += 1
      const worker = new Worker(name, processor, { ...options, connection })
      return worker.on('closed', () => void (pool.options.max -= 1))
    },
    // When the database is back, it still has its jobs.
    recovered: () => {},
    connection: state,
    check: async () => void (await pool.query('select 1')),
    close: () => pool.end(),
  }
}

/** The migrations take an advisory lock, so of several processes that start at once, one creates the schema and the others wait. */
async function createSchema(databaseUrl: string): Promise<void> {
  const client = await firstConnection(databaseUrl, 'strata queue setup')
  try {
    await runMigrations(client, schema)
  } catch (error) {
    throw missingRights(error, databaseUrl) ?? error
  } finally {
    await client.end()
  }
}

function openPool(o: { databaseUrl: string }, state: ConnectionState): Pool {
  const pool = new Pool({
    connectionString: o.databaseUrl,
    application_name: 'strata queue',
    options: `-c search_path=${schema}`,
    max: sharedConnections,
    keepAlive: true,
  })
  // Every queue and worker adds a listener for the pool's errors.
  pool.setMaxListeners(0)
  pool.on('connect', () => state.back())
  return outliveLostClients(pool, (err) => state.lost(err))
}

/** The driver's types have diverged from those in BullMQ's declaration of a pool; its own type guard accepts the pool. */
function asConnection(pool: Pool): PgPool {
  if (!isPgPool(pool)) throw new Error('the queue was given something other than a pool of connections')
  return pool
}
