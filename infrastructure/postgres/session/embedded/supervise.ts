import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSetupError } from '../setup-error.ts'
import type { Server } from './server.ts'

export interface SupervisorLog {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface Supervised {
  /** Whether the server runs, and its restarts so far. */
  health(): { readonly runs: boolean; readonly detail: string | undefined }
  /** Resolves with the reason when the server has ended and will not be restarted. */
  readonly lost: Promise<DatabaseLost>
  stop(): Promise<void>
}

/** Ends the node, which cannot work without its database. */
class DatabaseLost extends DatabaseSetupError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseLost'
  }
}

const mostRestarts = 3
const withinMs = 10 * 60_000

/** Restarts a server that ends unexpectedly, at most three times within ten minutes. */
export function supervise(first: Server, { start, log }: { start: () => Promise<Server>; log: SupervisorLog }): Supervised {
  const stopping = new AbortController()
  const { promise: lost, resolve: giveUp } = Promise.withResolvers<DatabaseLost>()
  let server: Server | undefined = first
  let restarts: number[] = []
  let runs = true
  let detail: string | undefined

  async function watch(): Promise<void> {
    while (server !== undefined && !stopping.signal.aborted) {
      const how = await server.ended
      if (stopping.signal.aborted) return
      server = await startAgain(how)
    }
  }

  async function startAgain(how: string): Promise<Server | undefined> {
    runs = false
    let reason = `the embedded PostgreSQL ended unexpectedly (${how})`
    for (;;) {
      restarts = restarts.filter((at) => performance.now() - at < withinMs)
      if (restarts.length === mostRestarts) {
        detail = `${upper(reason)} after it had been started again ${mostRestarts} times within ten minutes.`
        giveUp(
          new DatabaseLost(
            `${detail} Its log is postgres/server.log in the data directory. The node stops. Fix the cause and start it again.`,
          ),
        )
        return undefined
      }
      // Restarts immediately the first time, and later with a delay so that a persistent cause can pass.
      await sleep(restarts.length * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return undefined
      restarts.push(performance.now())
      const which = `restart ${restarts.length} of ${mostRestarts} within ten minutes`
      detail = `${upper(reason)}; it is being started again (${which}).`
      log.error({ how, restart: restarts.length, most: mostRestarts }, `${reason}; it is being started again (${which})`)
      try {
        const next = await start()
        runs = true
        detail = `${upper(reason)} at ${new Date().toISOString()} and was started again (${which}).`
        log.info({ restart: restarts.length }, 'the embedded PostgreSQL runs again')
        return next
      } catch (error) {
        const [why] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
        log.error({ err: error }, 'the embedded PostgreSQL could not be started again')
        reason = `the embedded PostgreSQL ended unexpectedly (${how}) and did not start again (${why})`
      }
    }
  }

  const watching = watch()
  return {
    lost,
    health: () => ({ runs, detail }),
    async stop() {
      stopping.abort()
      await server?.stop()
      await watching
      await server?.stop()
    },
  }
}

function upper(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
