import type pg from 'pg'
import type { Database } from '../../session/connection.ts'
import { singleClient } from '../../session/outlive.ts'

export type Borrowed = pg.PoolClient

/**
 * Work on one connection of the pool, which goes back when it is done. When its result is not awaited any more, what runs on it
 * is ended at once, wherever it is; that connection is not used again, since the order to stop may come late.
 */
export async function onConnection<T>(
  { pool, url }: Pick<Database, 'pool' | 'url'>,
  stop: AbortSignal,
  work: (client: Borrowed) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted()
  const client = await pool.connect()
  const cancelled = Promise.withResolvers<void>()
  const cancel = () => void endStatement(url, client).then(cancelled.resolve)
  stop.addEventListener('abort', cancel, { once: true })
  let isSound = false
  try {
    stop.throwIfAborted()
    const result = await work(client)
    isSound = !stop.aborted
    return result
  } finally {
    stop.removeEventListener('abort', cancel)
    client.release(!isSound)
  }
}

/** Over a connection of its own: the pool may have none left, all of them at what is to be ended. */
async function endStatement(url: string, client: Borrowed): Promise<void> {
  const { processID } = client as Borrowed & { readonly processID?: number }
  const messenger = singleClient({ connectionString: url, application_name: 'strata cancel' })
  try {
    await messenger.connect()
    await messenger.query('select pg_cancel_backend($1)', [processID])
  } catch {
    // The server is gone, and with it the statement; or it ends at its time limit.
  } finally {
    await messenger.end().catch(() => {})
  }
}
