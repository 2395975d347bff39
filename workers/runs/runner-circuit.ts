import type { ProgramRunner } from '@strata/domain/run'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'

/** Whether a runner's engine or cluster answers. While it does not, the worker takes no run for it and counts no failure. */
export interface RunnerCircuit {
  /** Asks the runner, unless it is known to be away. */
  isThere(): Promise<boolean>
  isAway(): boolean
  /** Called when an attempt found the runner away. */
  lost(why: string): void
  /** Resolves when the runner answers again or the signal is aborted. */
  untilBack(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export interface CircuitOptions {
  readonly runner: ProgramRunner
  readonly log: Log
  readonly pace: { readonly firstMs: number; readonly atMostMs: number }
  readonly back: () => void
}

/** Logs one line when the runner goes away and one when it is back. */
export function runnerCircuit({ runner, log, pace, back }: CircuitOptions): RunnerCircuit {
  const closing = new AbortController()
  const named = { runner: runner.runs.join(', ') }
  let away: PromiseWithResolvers<void> | undefined
  let asking: Promise<void> = Promise.resolve()
  let waitMs = pace.firstMs
  let lastBackAt = -Infinity

  function lost(why: string): void {
    if (away !== undefined || closing.signal.aborted) return
    // If a runner answers and is lost again at once, ask it less and less often.
    if (performance.now() - lastBackAt > pace.atMostMs * 2) waitMs = pace.firstMs
    away = Promise.withResolvers()
    log.warn({ ...named, why }, 'hooks cannot be run: the runner does not answer. Runs wait for it and go on by themselves')
    asking = askAgain(away, performance.now())
  }

  async function askAgain(waiting: PromiseWithResolvers<void>, since: number): Promise<void> {
    const { signal } = closing
    while (!signal.aborted) {
      await sleep(waitMs, undefined, { signal }).catch(() => undefined)
      waitMs = Math.min(waitMs * 2, pace.atMostMs)
      if (!signal.aborted && (await absence()) === undefined) break
    }
    away = undefined
    waiting.resolve()
    if (signal.aborted) return
    lastBackAt = performance.now()
    log.info({ ...named, awaySeconds: Math.round((lastBackAt - since) / 1_000) }, 'the runner answers again; runs go on')
    back()
  }

  async function absence(): Promise<string | undefined> {
    try {
      return await runner.absence?.()
    } catch (err) {
      log.error({ ...named, err }, 'a runner could not say whether it is there; this is a bug')
      return undefined
    }
  }

  return {
    async isThere() {
      if (away !== undefined) return false
      const why = await absence()
      if (why === undefined) return true
      lost(why)
      return false
    },
    isAway: () => away !== undefined,
    lost,
    async untilBack(signal) {
      if (away === undefined || signal.aborted) return
      const stopped = Promise.withResolvers<void>()
      const stop = () => stopped.resolve()
      signal.addEventListener('abort', stop, { once: true })
      await Promise.race([away.promise, stopped.promise])
      signal.removeEventListener('abort', stop)
    },
    async close() {
      closing.abort()
      await asking
    },
  }
}
