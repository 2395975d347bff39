import type { Logger } from '../telemetry/index.ts'

/** Whether the store of the jobs is reachable, from the reports of its connections. Logs each change once. */
export interface ConnectionState {
  lost(error: Error): void
  back(): void
}

export function connectionState(store: string, log: Logger): ConnectionState {
  let awaySince: number | undefined
  return {
    lost(err) {
      if (awaySince !== undefined) return
      awaySince = performance.now()
      log.warn({ err, store }, 'the queue lost its connection and reconnects; no work is lost, and it continues afterwards')
    },
    back() {
      if (awaySince === undefined) return
      const awaySeconds = Math.round((performance.now() - awaySince) / 1_000)
      awaySince = undefined
      log.info({ store, awaySeconds }, 'the queue has its connection again')
    },
  }
}

/** Whether an error is a lost connection, as the drivers of Redis and PostgreSQL report it. */
export function isConnectionFault(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|57P0|08|53300|NR_CLOSED)/.test(code)) return true
  return /^Connection (is closed|terminated)|^Command timed out|max retries per request|^LOADING |^timeout exceeded when trying to connect|^Client has encountered a connection error|isn't writeable/.test(
    error.message,
  )
}
