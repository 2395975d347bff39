import { LeaseLost, runFailure, type OutputFile, type RunFailure, type TakenRun, type WaitingRun } from '@strata/domain/run'
import { carryOut, type CarriedOut, type Room } from './carry-out.ts'
import { conclude } from './conclude.ts'
import { holdLease, type HeldLease } from './hold-lease.ts'
import type { RunPorts } from './ports.ts'
import type { RunJobData } from './run-jobs.ts'

export interface RunWorker {
  /** Executes a run unless another worker has it. A job that is delivered twice runs once. */
  process(job: RunJobData): Promise<void>
  /** Checks whether one of the runs held here was cancelled. */
  look(): void
  /** Stops what is under way and puts it back for another worker. */
  stop(): Promise<void>
}

export function runWorker(ports: RunPorts): RunWorker {
  const held = new Map<string, HeldLease>()
  const underWay = new Set<Promise<void>>()
  const closing = new AbortController()

  /** Runs that this worker tries to find a place for. No other job of this worker chooses them. */
  const chosen = new Set<string>()

  /** A job says that some run waits. Which one is done for it is decided now, so that no convention waits behind another's queue. */
  async function work(job: RunJobData): Promise<void> {
    while (!closing.signal.aborted) {
      const except = ports.readiness.unready()
      const among = { except, chosen: [...chosen] }
      const waiting =
        (await ports.leases.next({ ...among, fullHooks: ports.admission.fullHooks() })) ??
        (await ports.leases.next({ ...among, fullHooks: [] }))
      if (waiting === undefined) {
        // What this job was made for may be a run that cannot start yet; it becomes a job again when it can.
        if (except.types.length + except.digests.length > 0) await ports.shelve(job)
        return
      }
      // Another handler of this worker looked at the same moment.
      if (chosen.has(waiting.run)) continue
      chosen.add(waiting.run)
      try {
        if ((await ports.runWithRequest(waiting.requestId, () => workOnOne(waiting))) === 'done') return
      } finally {
        chosen.delete(waiting.run)
      }
    }
  }

  /** `taken`: another worker was faster, or the run was put aside, so this job is free for another run. */
  async function workOnOne(waiting: WaitingRun): Promise<'done' | 'taken'> {
    const job = { run: waiting.run, requestId: waiting.requestId }
    const patience = AbortSignal.timeout(ports.pace.admissionMs)
    const room = roomFor(ports, waiting, AbortSignal.any([closing.signal, patience]))
    try {
      const ready = await ports.readiness.of(waiting.runtime)
      if (ready === 'not yet') {
        await ports.shelve(job)
        return 'taken'
      }
      const failure = ready === 'ready' ? undefined : ready
      if (failure === undefined && !(await waitForRoom(room, waiting, patience))) {
        await ports.postpone(job, waiting.priority)
        return 'done'
      }
      const run = await ports.leases.take(waiting.run, ports.worker, ports.pace.leaseSeconds)
      if (run === undefined) return 'taken'
      await hold(run, room, failure)
    } catch (error) {
      // Another worker continues a run that was put back or taken over.
      if (!(error instanceof LeaseLost) && !closing.signal.aborted) throw error
    } finally {
      room.leave()
    }
    return 'done'
  }

  async function hold(run: TakenRun, room: RoomOf, unprepared: RunFailure | undefined): Promise<void> {
    const { leaseSeconds: seconds, heartbeatMs: everyMs } = ports.pace
    const lease = holdLease({ leases: ports.leases, lease: run.lease, seconds, everyMs, log: ports.log })
    room.setSignal(lease.signal)
    held.set(run.id, lease)
    if (run.isCancelled) lease.stop('cancelled')
    if (closing.signal.aborted) lease.stop('stopped')
    try {
      await ports.reached('taken', run.id)
      await workOn(ports, run, lease, room, unprepared)
    } finally {
      held.delete(run.id)
      await lease.release()
    }
  }

  return {
    async process(job) {
      const working = work(job)
      underWay.add(working)
      try {
        await working
      } finally {
        underWay.delete(working)
      }
    },
    look() {
      for (const lease of held.values()) lease.look()
    },
    async stop() {
      closing.abort(new Error('the worker is stopping'))
      for (const lease of held.values()) lease.stop('stopped')
      await Promise.allSettled(underWay)
    },
  }
}

/** False when there was no room for as long as this worker waits for it. */
async function waitForRoom(room: Room, { memoryBytes }: WaitingRun, patience: AbortSignal): Promise<boolean> {
  try {
    await room.ensure(memoryBytes)
    return true
  } catch (error) {
    if (error === patience.reason) return false
    throw error
  }
}

async function workOn(ports: RunPorts, run: TakenRun, lease: HeldLease, room: Room, unprepared: RunFailure | undefined): Promise<void> {
  const { log } = ports
  const done = await attemptRun(ports, run, lease, room, unprepared)
  room.leave()
  const reason = lease.stopReason()
  if (reason === 'lost') throw new LeaseLost(run.id)
  if (reason === 'stopped') return ports.leases.giveBack(run.lease)
  // The row is locked while the run ends, which a heartbeat would only wait for.
  await lease.release()
  const outputs = await concluded(ports, run, done)
  try {
    await ports.putAway({ run: run.id, lease: run.leases, outputs })
  } catch (err) {
    log.warn({ err, run: run.id }, 'the files of a run could not be put away; this is tried again')
  }
}

/**
 * Ends the run in every case. If its conclusion can never be written, the run ends with the minimal record. A transient fault is left to
 * the next lease, but only for a limited time.
 */
async function concluded(ports: RunPorts, run: TakenRun, done: CarriedOut): Promise<readonly OutputFile[]> {
  const { log, pace } = ports
  const about = { run: run.id, hook: run.hook, version: run.release.version }
  try {
    const { status, counts, outputs } = await conclude(ports, run, done)
    log.info({ ...about, status, ...counts }, 'run ended')
    return outputs
  } catch (err) {
    if (err instanceof LeaseLost || (ports.isPassing(err) && run.leases <= pace.maxLeases)) throw err
    const { status } = await ports.endWithLeast(run.lease)
    log.error({ ...about, err, status }, 'the result of a run could not be recorded; the run ended without it')
    return []
  }
}

async function attemptRun(
  ports: RunPorts,
  run: TakenRun,
  lease: HeldLease,
  room: Room,
  unprepared: RunFailure | undefined,
): Promise<CarriedOut> {
  const nothing = { settled: [], files: [], staged: [] }
  const failure = hopeless(ports, run) ?? unprepared
  if (failure !== undefined) return { ...nothing, failure }
  try {
    return await carryOut(ports, run, lease, room)
  } catch (error) {
    if (lease.stopReason() === undefined || error instanceof LeaseLost) throw error
    return { ...nothing, failure: runFailure('CANCELLED', 'The run was stopped.') }
  }
}

/** What need not be tried. */
function hopeless({ pace }: RunPorts, run: TakenRun): RunFailure | undefined {
  if (run.isCancelled) return runFailure('CANCELLED', 'The run was cancelled.')
  if (run.leases <= pace.maxLeases) return undefined
  const message = `${pace.maxLeases} workers were lost while they had this run. Look at their logs before you retry it.`
  return runFailure('RUNTIME', message)
}

interface RoomOf extends Room {
  /** From now on, this signal ends the waiting for room. */
  setSignal(signal: AbortSignal): void
}

function roomFor({ admission }: RunPorts, waiting: WaitingRun, closing: AbortSignal): RoomOf {
  let signal = closing
  let place: { readonly memoryBytes: number; readonly leave: () => void } | undefined
  function leave(): void {
    place?.leave()
    place = undefined
  }
  return {
    async ensure(memoryBytes) {
      if (place !== undefined && place.memoryBytes >= memoryBytes) return
      leave()
      place = { memoryBytes, leave: await admission.enter({ ...waiting, memoryBytes }, signal) }
    },
    leave,
    setSignal(other) {
      signal = other
    },
  }
}
