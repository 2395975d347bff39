import {
  keepsFinishedRecords,
  runFailure,
  type AttemptPlace,
  type AttemptReason,
  type ProgramRunner,
  type OutputFile,
  type ReadAttempt,
  type RunAttempt,
  type RunFailure,
  type RunObservation,
  type SettledRecord,
  type TakenRun,
} from '@strata/domain/run'
import { cpuMillis } from '@strata/domain/registry'
import type { Digest } from '@strata/domain/shared'
import type { HeldLease } from './hold-lease.ts'
import type { RunPorts } from './ports.ts'
import { writeLog } from './write-log.ts'

/** Records to be computed together, and with what. */
export interface Part {
  readonly ids: readonly string[]
  readonly because: AttemptReason
  readonly memoryBytes: number
  /** What is left of the run's disk share, but at most the limit of one attempt. */
  readonly maxOutputBytes: number
}

export interface MadeAttempt {
  /** Records that need not be computed again. */
  readonly settled: readonly SettledRecord[]
  readonly files: readonly OutputFile[]
  readonly staged?: string
  /** Over the input of this attempt. */
  readonly inputDigest: Digest
  /** The digest of what was executed, as the runner verified it. */
  readonly executed?: Digest
  readonly failure?: RunFailure
  /** It wrote more than its share. */
  readonly outgrew: boolean
  /** The bytes that it left on disk: the files with its results. */
  readonly bytes: number
  /** Its runner went away, or was away from the start. */
  readonly runnerAway: boolean
}

/** Executes a part of a run once, and keeps of its output what may be kept. What happened is recorded, whatever it was. */
export async function makeAttempt(ports: RunPorts, run: TakenRun, held: HeldLease, number: number, part: Part): Promise<MadeAttempt> {
  const { runtime } = run.release
  const place = await ports.workspace.open({ run: run.id, lease: run.leases, attempt: number })
  const attempt = attemptOf(run, number, part)
  await ports.leases.startAttempt(held.lease, attempt)
  const inputDigest = await ports.workspace.prepare(
    place,
    ports.inputs({ recordIds: part.ids, candidates: run.candidates }),
    runtime.config,
  )
  await ports.reached('prepared', run.id)

  const observed = await observe(ports, run, held, attempt, place, part.maxOutputBytes)
  if (observed.detail !== undefined) {
    const { failure, detail } = observed
    ports.log.warn({ run: run.id, attempt: number, failure, detail }, 'an attempt failed; the detail is what the machinery said')
  }
  await ports.reached('executed', run.id)
  const read = await readKept(ports, run, number, part, place, observed)
  await ports.reached('read', run.id)

  const failure = observed.failure ?? (read?.ok === false ? runFailure('INVALID_OUTPUT', read.reason) : undefined)
  await ports.leases.endAttempt(held.lease, number, failure === undefined ? observed : { ...observed, failure })
  const bytes = await clear(ports, run, place, read?.ok ? read.files : [])
  return {
    bytes,
    outgrew: observed.failure?.kind === 'INVALID_OUTPUT',
    ...(read?.ok ? { settled: read.settled, files: read.files } : { settled: [], files: [] }),
    // Without a file there are no rows, and `clear` removed the empty staging file with the rest.
    ...(read?.ok === true && read.files.length > 0 ? { staged: read.staged } : {}),
    inputDigest,
    runnerAway: observed.runnerAway ?? false,
    ...(observed.artifact === undefined ? {} : { executed: observed.artifact.digest }),
    ...(failure === undefined ? {} : { failure }),
  }
}

function attemptOf(run: TakenRun, number: number, part: Part): RunAttempt {
  const { limits } = run.release.runtime
  return {
    number,
    because: part.because,
    records: part.ids.length,
    memoryBytes: part.memoryBytes,
    cpuMillis: cpuMillis(limits),
    timeoutSeconds: limits.timeoutSeconds,
    isolation: [],
    startedAt: new Date(),
  }
}

async function observe(
  ports: RunPorts,
  run: TakenRun,
  held: HeldLease,
  attempt: RunAttempt,
  place: AttemptPlace,
  maxOutputBytes: number,
): Promise<RunObservation> {
  const { runtime } = run.release
  const runner = ports.runnerFor(runtime.type)
  if (runner === undefined) {
    return nothingObserved(
      runFailure('CONFIG', `No worker here runs hooks of the type "${runtime.type}"; STRATA_RUNNER says which it runs.`),
    )
  }
  const stopped = failureOfStop(held)
  if (stopped) return nothingObserved(stopped)
  const observed = await execute(ports, runner, run, held, attempt, place, maxOutputBytes)
  // A hook that was stopped by us says nothing about itself.
  const failure = failureOfStop(held)
  return failure === undefined ? observed : { ...observed, failure }
}

async function execute(
  { pace, log, appendLog }: RunPorts,
  runner: ProgramRunner,
  run: TakenRun,
  held: HeldLease,
  { number, memoryBytes, cpuMillis: cpu, timeoutSeconds }: RunAttempt,
  { inputDir, filesDir, outputDir, logFile }: AttemptPlace,
  maxOutputBytes: number,
): Promise<RunObservation> {
  const job = {
    runId: run.id,
    attempt: number,
    program: { kind: 'hook' as const, name: run.hook },
    runtime: run.release.runtime,
    memoryBytes,
    cpuMillis: cpu,
    timeoutSeconds,
    inputDir,
    filesDir,
    outputDir,
    logFile,
    maxLogBytes: pace.maxLogBytes,
    maxOutputBytes,
  }
  const printed = writeLog({ append: appendLog, lease: held.lease, log })
  try {
    return await runner.run(job, { signal: held.signal, onLog: (chunk) => printed.add(chunk) })
  } catch (err) {
    log.error({ err, run: run.id, attempt: number }, 'a runner failed; this is a bug')
    return nothingObserved(runFailure('UNKNOWN', 'The runner failed; the log of the worker says how.'))
  } finally {
    await printed.end()
  }
}

/** All of it after an exit with 0; after a stop from outside, the results that are whole. */
async function readKept(
  { workspace }: RunPorts,
  run: TakenRun,
  attempt: number,
  part: Part,
  place: AttemptPlace,
  { failure, mayStillRun }: RunObservation,
): Promise<ReadAttempt | undefined> {
  // A file that may change while it is read has no digest.
  if (mayStillRun === true) return undefined
  if (failure !== undefined && !keepsFinishedRecords(failure.kind)) return undefined
  const read = await workspace.read(place, {
    run: run.id,
    version: run.release.version,
    attempt,
    feature: run.feature,
    ids: new Set(part.ids),
    complete: failure === undefined,
  })
  // Unreadable leftovers of a hook that was stopped are nothing to keep, and no failure of their own.
  return failure !== undefined && !read.ok ? undefined : read
}

/** Removes the output of an attempt at once if none of it is kept. Otherwise a run with many attempts would have all of it on disk. */
async function clear({ workspace, log }: RunPorts, run: TakenRun, place: AttemptPlace, kept: readonly OutputFile[]): Promise<number> {
  try {
    return await workspace.clear(
      place,
      kept.map(({ file }) => file),
    )
  } catch (err) {
    log.warn({ err, run: run.id }, 'what an attempt left could not be removed; it goes with the run')
    return kept.reduce((sum, { bytes }) => sum + bytes, 0)
  }
}

function failureOfStop(held: HeldLease): RunFailure | undefined {
  switch (held.stopReason()) {
    case 'cancelled':
      return runFailure('CANCELLED', 'The run was cancelled.')
    case 'stopped':
      return runFailure('CANCELLED', 'The worker was stopped; another goes on with the run.')
    case 'lost':
      return runFailure('CANCELLED', 'The worker had lost the run to another.')
    case undefined:
      return undefined
  }
}

function nothingObserved(failure: RunFailure): RunObservation {
  const now = new Date()
  return { startedAt: now, finishedAt: now, oomKilled: false, timedOut: false, isolation: [], log: { bytes: 0, truncated: false }, failure }
}
