import type { RunControl, RunJob } from '@strata/domain/run'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { graceSeconds } from '../shared/container-contract.ts'
import { untilExcess } from '../shared/watch-output.ts'
import type { ContainerEvents } from './engine/container-events.ts'
import type { Engine } from './engine/engine.ts'
import { EngineFault, isEngineFault } from './engine/fault.ts'
import { followLog, type KeptLog } from './follow-log.ts'

/** Why the runner ended a program before it ended itself. */
type Stop = { readonly because: 'cancelled' } | { readonly because: 'timeout' } | { readonly because: 'output'; readonly excess: string }

export interface Ended {
  readonly exitCode: number
  readonly oomKilled: boolean
  /** The engine is well, but someone other than this runner, such as an operator, had it kill the container. */
  readonly killedByOthers: boolean
  readonly stop: Stop | undefined
  readonly log: KeptLog
}

const killMayTakeMs = 20_000
const logMayLagMs = 5_000
/** The engine may report an exit before the kernel tells it about memory. */
const wordMayLagMs = 300
const endMayLagMs = 5_000
/** The event's name in Docker, and in Podman. */
const endings = ['die', 'died']

/** Starts a container that was made, and stays with it until it has ended. */
export async function execute(engine: Engine, container: string, job: RunJob, control: RunControl, onStart: () => void): Promise<Ended> {
  // Subscribe to both before the start, so that no line and no event is missed.
  const events = await engine.events(container)
  try {
    const attached = await engine.attach(container)
    return await untilEnded({ engine, container, job, control, attached, events, onStart })
  } finally {
    events.close()
  }
}

interface Execution {
  readonly engine: Engine
  readonly container: string
  readonly job: RunJob
  readonly control: RunControl
  readonly attached: Readable
  readonly events: ContainerEvents
  onStart(): void
}

async function untilEnded({ engine, container, job, control, attached, events, onStart }: Execution): Promise<Ended> {
  const logging = followLog(attached, job, control)
  // A log that cannot be kept is told when the container has ended, not by a rejection that is not awaited yet.
  logging.catch(() => undefined)
  try {
    await engine.start(container)
    onStart()
    const over = new AbortController()
    const waiting = engine.wait(container).finally(() => over.abort())
    const stop = await Promise.race([waiting.then(() => undefined), reasonToStop(job, control.signal, over.signal)])
    if (stop !== undefined) await end(engine, container, stop, over.signal)
    const exitCode = await within(killMayTakeMs, waiting, stop !== undefined)
    const log = await closed(logging, () => attached.destroy())
    return { exitCode, stop, log, ...(await howItEnded(engine, container, exitCode, events)) }
  } catch (error) {
    attached.destroy()
    await logging
    throw error
  }
}

async function reasonToStop(job: RunJob, cancelled: AbortSignal, over: AbortSignal): Promise<Stop | undefined> {
  const timeUp = new AbortController()
  const timer = setTimeout(() => timeUp.abort(), job.timeoutSeconds * 1000)
  const excess = await untilExcess(job, AbortSignal.any([cancelled, over, timeUp.signal])).finally(() => clearTimeout(timer))
  if (excess !== undefined) return { because: 'output', excess }
  if (over.aborted) return undefined
  return { because: cancelled.aborted ? 'cancelled' : 'timeout' }
}

/** Asks the program to end and gives it a moment; one that floods the disk gets none. */
async function end(engine: Engine, container: string, stop: Stop, over: AbortSignal): Promise<void> {
  if (stop.because !== 'output') {
    await kill(engine, container, 'SIGTERM')
    await sleep(graceSeconds * 1000, undefined, { signal: over }).catch(() => undefined)
    if (over.aborted) return
  }
  await kill(engine, container, 'SIGKILL')
}

async function kill(engine: Engine, container: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  try {
    await engine.kill(container, signal)
  } catch (error) {
    // It ended by itself in the meantime. Docker says 409, Podman 409 or 500.
    if (!isEngineFault(error, 409) && !(isEngineFault(error) && /not running|can only kill running/i.test(error.message))) throw error
  }
}

async function within(ms: number, waiting: Promise<number>, limited: boolean): Promise<number> {
  if (!limited) return waiting
  const late = new AbortController()
  const tooLong = sleep(ms, undefined, { signal: late.signal }).then(() => {
    throw new EngineFault({ status: 500, message: `the container did not end within ${ms / 1000} s of being killed` })
  })
  tooLong.catch(() => undefined)
  return Promise.race([waiting, tooLong]).finally(() => late.abort())
}

/** The streams end with the container; an engine that forgets to say so must not hold the run. */
async function closed(logging: Promise<KeptLog>, giveUp: () => void): Promise<KeptLog> {
  const late = setTimeout(giveUp, logMayLagMs)
  return logging.finally(() => clearTimeout(late))
}

/**
 * Why the container ended, according to the engine. A stopping engine also stops its containers, and their exit codes, even 0, then say
 * nothing about the program. The engine closes its socket before it stops them, and its own end closes the stream of events. So an exit counts
 * only if the engine that started the container still answers after it.
 */
async function howItEnded(engine: Engine, container: string, exitCode: number, events: ContainerEvents) {
  await events.until(endings, endMayLagMs)
  const { State } = await engine.container(container)
  if (exitCode !== 0 && !State.OOMKilled) await events.until(['oom'], wordMayLagMs)
  await engine.ping()
  if (events.isOver()) throw new EngineFault({ message: 'it was stopped or started again while the program ran', code: 'ECONNRESET' })
  const actions = events.actions()
  return {
    oomKilled: State.OOMKilled || actions.includes('oom'),
    killedByOthers: actions.some((action) => action === 'kill' || action === 'stop'),
  }
}
