import { graceSeconds } from '../shared/container-contract.ts'
import type { AttemptWatch } from './watch-attempt.ts'

const killMayTakeMs = 20_000
const neverRanMs = 3_000
const goneMayTakeMs = 5_000

/** Asks the cluster to end the Job and its pods; how long a program may take to end is the pods' part. */
export type End = (graceSeconds: number) => Promise<void>

/** The container is not running any more, as far as a node tells. */
export function hasStopped(watch: AttemptWatch): boolean {
  const { pod, hasRun } = watch.facts()
  if (pod === undefined || pod.gone || pod.ended !== undefined) return true
  // Old nodes forget how the container of a deleted pod ended, and say that it waits to be made.
  return hasRun && !pod.running
}

export async function stop(watch: AttemptWatch, end: End, grace: number): Promise<void> {
  await end(grace)
  await until(watch, killMayTakeMs, () => hasStopped(watch))
}

/**
 * Removes Job and pod. A pod whose container has stopped goes at once: a node would keep the object for up to a minute,
 * until it has swept up. One that may be running goes when its node says so. False when it does not.
 */
export async function clearAway(watch: AttemptWatch, end: End): Promise<boolean> {
  if (!hasStopped(watch) || watch.facts().pod === undefined) {
    await stop(watch, end, graceSeconds)
    if (!watch.facts().hasRun) await until(watch, neverRanMs, () => isGone(watch))
  }
  if (watch.facts().pod?.running !== true && !isGone(watch)) await end(0)
  return until(watch, goneMayTakeMs, () => isGone(watch))
}

function isGone(watch: AttemptWatch): boolean {
  const { job, pod } = watch.facts()
  return job.gone && (pod === undefined || pod.gone)
}

async function until(watch: AttemptWatch, withinMs: number, isSo: () => boolean): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (!isSo()) {
    const left = deadline - performance.now()
    if (left <= 0) return false
    await watch.change(left)
  }
  return true
}
