import { graceSeconds } from '../shared/container-contract.ts'
import type { AttemptWatch } from './watch-attempt.ts'

const killMayTakeMs = 20_000
/** A pod that never ran says nothing when it is given up; its node has heard of it by then. */
const giveUpMs = (graceSeconds + 0.5) * 1_000
const goneMayTakeMs = 5_000

/** Asks the cluster to delete the Job and its pods; `grace` is for their programs, and 0 is for what has stopped. */
export type Delete = (grace: number) => Promise<void>

export interface Ending {
  /** Ends the program, and waits until its node says so. */
  stop(grace: number): Promise<void>
  /**
   * Removes Job and pod, stopping first what has not stopped. A pod whose container has stopped goes at once: a node would
   * keep the object for up to a minute, until it has swept up. False when its node does not say that it has stopped.
   */
  clearAway(): Promise<boolean>
}

export function endingOf(watch: AttemptWatch, remove: Delete): Ending {
  let isAsked = false

  const stop = async (grace: number) => {
    isAsked = true
    await remove(grace)
    await until(giveUpMs, () => hasStopped() || watch.facts().hasRun)
    if (watch.facts().hasRun) await until(killMayTakeMs, hasStopped)
  }

  return {
    stop,
    async clearAway() {
      if (!isAsked && (!hasStopped() || watch.facts().pod === undefined)) await stop(graceSeconds)
      if (watch.facts().pod?.running !== true && !isGone()) await remove(0)
      return until(goneMayTakeMs, isGone)
    },
  }

  function hasStopped(): boolean {
    const { pod, hasRun } = watch.facts()
    if (pod === undefined || pod.gone || pod.ended !== undefined) return true
    // Old nodes forget how the container of a deleted pod ended, and say that it waits to be made.
    return hasRun && !pod.running
  }

  function isGone(): boolean {
    const { job, pod } = watch.facts()
    return job.gone && (pod === undefined || pod.gone)
  }

  async function until(withinMs: number, isSo: () => boolean): Promise<boolean> {
    const deadline = performance.now() + withinMs
    while (!isSo()) {
      const left = deadline - performance.now()
      if (left <= 0) return false
      await watch.change(left)
    }
    return true
  }
}
