import { singleClient } from './outlive.ts'

export interface Listening {
  close(): Promise<void>
}

export interface ListenOptions {
  readonly url: string
  readonly channel: string
  /** Called for each notification, and once after each connect, because notifications in between were missed. */
  readonly heard: () => void
  /** Called when the connection was lost or could not be made. It is retried after `retryMs`. */
  readonly lost: (error: Error) => void
  readonly retryMs?: number
}

/** Listens to a channel on its own connection until stopped. */
export function listen(o: ListenOptions): Listening {
  const stop = new AbortController()
  const ended = keepListening(o, stop.signal)
  return {
    close: () => {
      stop.abort()
      return ended
    },
  }
}

async function keepListening(o: ListenOptions, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      await listenOnce(o, stop)
    } catch (error) {
      o.lost(error instanceof Error ? error : new Error(String(error)))
      await pause(o.retryMs ?? 1_000, stop)
    }
  }
}

/** Resolves when stopped, rejects when the connection is lost. */
async function listenOnce(o: ListenOptions, stop: AbortSignal): Promise<void> {
  const client = singleClient({ connectionString: o.url, application_name: 'strata listen', keepAlive: true })
  const { promise: over, resolve, reject } = Promise.withResolvers<void>()
  // Avoids an unhandled rejection if the connection breaks before `over` is awaited.
  over.catch(() => {})
  stop.addEventListener('abort', () => resolve(), { once: true })
  client.on('error', reject)
  client.on('end', () => reject(new Error('the connection was closed')))
  client.on('notification', o.heard)
  try {
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(o.channel)}`)
    o.heard()
    await over
  } finally {
    resolve()
    await client.end().catch(() => {})
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    stop.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
