import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './engine/engine.ts'
import { isEngineFault } from './engine/fault.ts'

const againAfterMs = 200
const mayTakeMs = 30_000
/** A shorter limit for a cancelled run or a stopping worker. */
const mayTakeOnceCancelledMs = 2_000

/**
 * Removes a container, and repeats the request until the engine confirms it. A container may outlive a killed engine, so only that
 * confirmation means that no process writes into its directories any more. False when the confirmation did not come in time.
 */
export async function untilGone(engine: Engine, container: string, cancelled: AbortSignal): Promise<boolean> {
  const began = performance.now()
  for (;;) {
    try {
      await engine.remove(container)
      return true
    } catch (error) {
      // The engine did not answer, or reported a passing state like "removal is in progress" or "device is busy".
      if (!isEngineFault(error)) throw error
    }
    const waited = performance.now() - began
    if (waited > (cancelled.aborted ? mayTakeOnceCancelledMs : mayTakeMs)) return false
    await sleep(againAfterMs)
  }
}
