import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'

/** Whether the database answers. While it does not, a worker's tasks and jobs wait in place instead of failing one after another. */
export interface DatabaseCircuit {
  /** Runs `work` when the database answers, and again when it went away meanwhile: `work` must bear being done twice. */
  through<T>(work: () => Promise<T>): Promise<T>
  /** Whether this fault means that the database is away. If so, everything waits from now on. */
  examine(fault: unknown): Promise<boolean>
  /** What waits is given up. */
  close(): Promise<void>
}

export interface DatabaseCircuitOptions {
  /** Rejects when the database does not answer. */
  readonly ask: () => Promise<unknown>
  /** Whether a fault may come from a database that is away. */
  readonly mayBeAway: (fault: unknown) => boolean
  readonly log: Log
  /** How often to ask a database that is away. */
  readonly pace: { readonly firstMs: number; readonly atMostMs: number }
}

/** Logs one line when the database goes away and one when it is back. */
export function databaseCircuit({ ask, mayBeAway, log, pace }: DatabaseCircuitOptions): DatabaseCircuit {
  const closing = new AbortController()
  let back: Promise<void> | undefined
  let waitMs = pace.firstMs
  let lastBackAt = -Infinity

  function lost(err: unknown): void {
    if (back !== undefined || closing.signal.aborted) return
    // If it answers and is lost again at once, ask it less and less often.
    if (performance.now() - lastBackAt > pace.atMostMs * 2) waitMs = pace.firstMs
    log.warn({ err }, 'the database does not answer; work waits for it and goes on by itself')
    back = askAgain(performance.now())
  }

  async function askAgain(since: number): Promise<void> {
    const { signal } = closing
    do {
      await sleep(waitMs, undefined, { signal }).catch(() => undefined)
      waitMs = Math.min(waitMs * 2, pace.atMostMs)
    } while (!signal.aborted && (await fault()) !== undefined)
    back = undefined
    if (signal.aborted) return
    lastBackAt = performance.now()
    log.info({ awaySeconds: Math.round((lastBackAt - since) / 1_000) }, 'the database answers again; work goes on')
  }

  async function fault(): Promise<unknown> {
    try {
      await ask()
      return undefined
    } catch (error) {
      return error
    }
  }

  async function examine(error: unknown): Promise<boolean> {
    if (!mayBeAway(error)) return false
    // The fault may be of another connection, to the queue for one.
    if (back === undefined && (await fault()) === undefined) return false
    lost(error)
    return true
  }

  return {
    async through(work) {
      for (;;) {
        const hasWaited = back !== undefined
        await back
        if (hasWaited && closing.signal.aborted) throw new Error('the worker is stopping')
        try {
          return await work()
        } catch (error) {
          if (closing.signal.aborted || !(await examine(error))) throw error
        }
      }
    },
    examine,
    async close() {
      closing.abort()
      await back
    },
  }
}
