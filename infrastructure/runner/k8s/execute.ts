import type { RunControl, RunJob } from '@strata/domain/run'
import { graceSeconds } from '../shared/container-contract.ts'
import { outputExcess, untilExcess } from '../shared/watch-output.ts'
import type { Ending } from './clear-away.ts'
import type { Cluster } from './cluster/calls.ts'
import type { AttemptFacts } from './facts.ts'
import { hasStarted, isOver, whyHopeless, type EndFacts, type Stop } from './failure.ts'
import { startLog, type KeptLog, type LogFollower } from './follow-log.ts'
import type { AttemptWatch } from './watch-attempt.ts'

export interface Ended extends EndFacts {
  readonly kept: KeptLog
}

export interface Execution {
  readonly cluster: Cluster
  readonly watch: AttemptWatch
  readonly job: RunJob
  readonly digest: string
  readonly startSeconds: number
  readonly control: RunControl
  readonly ending: Ending
  /** The pod is there, and its program may have started. */
  onPod(): void
}

const lookEveryMs = 100
/** Job and pod are watched apart: the end of the one may be seen before the end of the other. */
const settleMs = 5_000

/** Stays with a Job that was made until it has ended, or was. */
export async function execute(work: Execution): Promise<Ended> {
  const { cluster, watch, job, digest } = work
  const { kind } = job.program
  const over = new AbortController()
  const state: State = { looked: false, over: over.signal }
  const began = performance.now()
  try {
    const stop = await untilOver(work, state, began)
    const facts = watch.facts()
    const isOurs = stop !== undefined || facts.pod?.deleted === true || whyHopeless(facts, digest, kind) !== undefined
    if (isOurs) {
      if (stop?.because === 'start') await watch.askForWarnings()
      // What is known now is why; what follows is our own doing.
      // None at all would have the cluster forget a pod that is still at work.
      await work.ending.stop(stop?.because === 'output' ? 1 : graceSeconds)
    }
    const last = watch.facts()
    if (state.log === undefined && last.pod?.ended !== undefined && hasStarted(last.pod))
      state.log = startLog(cluster, last.pod.name, job, work.control)
    const kept = (await state.log?.finish()) ?? { tail: '', bytes: 0, truncated: false }
    return {
      ...(isOurs ? asItWas(facts, last) : last),
      stop,
      excess: await outputExcess(job),
      log: kept.tail,
      kept,
    }
  } catch (error) {
    await state.log?.finish().catch(() => undefined)
    throw error
  } finally {
    over.abort()
    await state.output?.ended
  }
}

interface State {
  readonly over: AbortSignal
  looked: boolean
  log?: LogFollower
  startedAt?: number
  output?: OutputState
}

async function untilOver(work: Execution, state: State, began: number): Promise<Stop | undefined> {
  const { cluster, watch, job, control, digest } = work
  const { kind } = job.program
  let overSince: number | undefined
  for (;;) {
    const facts = watch.facts()
    if (facts.pod !== undefined && !state.looked) {
      state.looked = true
      work.onPod()
    }
    if (facts.pod?.running === true && state.log === undefined) {
      state.startedAt = performance.now()
      state.output = watchOutput(job, state.over)
      state.log = startLog(cluster, facts.pod.name, job, control)
    }
    if (facts.pod?.deleted === true || whyHopeless(facts, digest, kind) !== undefined) return undefined
    if (isOver(facts)) {
      overSince ??= performance.now()
      if (facts.pod?.ended !== undefined || performance.now() - overSince > settleMs) return undefined
    }
    const stop = reasonToStop(work, state, began)
    if (stop !== undefined) return stop
    await watch.change(lookEveryMs)
  }
}

function reasonToStop({ watch, job, control, startSeconds }: Execution, { startedAt, output }: State, began: number): Stop | undefined {
  if (control.signal.aborted) return { because: 'cancelled' }
  const limitMs =
    startedAt === undefined
      ? startSeconds * 1000 - (performance.now() - began)
      : job.timeoutSeconds * 1000 - (performance.now() - startedAt)
  const blind = watch.blind()
  if (limitMs <= 0) {
    // Unseen is not the same as not started, or not done.
    if (blind !== undefined) return { because: 'silence', fault: blind.fault }
    return { because: startedAt === undefined ? 'start' : 'timeout' }
  }
  if (output?.fault !== undefined) throw output.fault
  return output?.excess === undefined ? undefined : { because: 'output', excess: output.excess }
}

/** What is seen after we had it ended is our own doing, but for how its container ended. */
function asItWas(before: AttemptFacts, after: AttemptFacts): AttemptFacts {
  const ended = after.pod?.ended ?? before.pod?.ended
  return { ...before, warnings: after.warnings, pod: before.pod && { ...before.pod, ended } }
}

/** What the watch over the output has found so far. */
interface OutputState {
  excess?: string
  fault?: Error
  readonly ended: Promise<void>
}

function watchOutput(job: RunJob, over: AbortSignal): OutputState {
  const state: OutputState = {
    ended: untilExcess(job, over).then(
      (excess) => void (excess !== undefined && (state.excess = excess)),
      (error: Error) => void (state.fault = error),
    ),
  }
  return state
}
