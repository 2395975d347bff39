import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './engine/engine.ts'
import { isEngineFault } from './engine/fault.ts'

const againAfterMs = 200
const mayTakeMs = 30_000
/** A run that was cancelled, or whose worker stops, is not waited for so long. */
const mayTakeOnceCancelledMs = 2_000

/**
 * Removes a container, and asks again until the engine has done so: only the engine's word that it is gone means that
 * nothing writes into its directories any more, for a container may outlive an engine that was killed. False when there
 * was no such word in time.
 */
export async function untilGone(engine: Engine, container: string, cancelled: AbortSignal): Promise<boolean> {
  const began = performance.now()
  for (;;) {
    try {
      await engine.remove(container)
      return true
    } catch (error) {
      // No answer, or one like "removal is in progress" or "device is busy", which passes.
      if (!isEngineFault(error)) throw error
    }
    const waited = performance.now() - began
    if (waited > (cancelled.aborted ? mayTakeOnceCancelledMs : mayTakeMs)) return false
    await sleep(againAfterMs)
  }
}
