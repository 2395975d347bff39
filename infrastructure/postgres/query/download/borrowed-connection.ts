import type pg from 'pg'
import type { Database } from '../../session/connection.ts'
import { singleClient } from '../../session/outlive.ts'

export type Borrowed = pg.PoolClient

/**
 * Runs work on one connection of the pool and returns it afterwards. If the result is not needed any more, its statement is
 * cancelled. That connection is then not reused, because the cancel request may arrive late.
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

/** Uses a separate connection, because the pool may be exhausted by the very statements to cancel. */
async function endStatement(url: string, client: Borrowed): Promise<void> {
  const { processID } = client as Borrowed & { readonly processID?: number }
  const messenger = singleClient({ connectionString: url, application_name: 'strata cancel' })
  try {
    await messenger.connect()
    await messenger.query('select pg_cancel_backend($1)', [processID])
  } catch {
    // The server is unavailable, which also ends the statement; otherwise the statement ends at its time limit.
  } finally {
    await messenger.end().catch(() => {})
  }
}
