import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import { digestOf, type Digest } from '@strata/domain/shared'
import {
  runFailure,
  type AttemptId,
  type ProgramRunner,
  type RunControl,
  type RunFailure,
  type RunJob,
  type RunObservation,
} from '@strata/domain/run'
import type { ToldFailure } from '../shared/attempt-failed.ts'
import { keepLog } from '../shared/keep-log.ts'
import { InvalidOutput } from '../shared/invalid-output.ts'
import { codeOf } from '../shared/open-output.ts'
import { attemptName, claimAttempt, endAttempt, listAttempts, parseAttemptName, type AttemptDirectory } from './attempt-directory.ts'
import { classifyEnd, type Stop } from './classify-end.ts'
import type { ConfinedPaths } from './confinement.ts'
import { OutputExceeded } from './bounded-output.ts'
import { exchangePulls } from './exchange-pulls.ts'
import { exchangeRecords } from './exchange-records.ts'
import { ProtocolBroken } from './frames.ts'
import { watchMemory } from './memory-watch.ts'
import { nodeCommand } from './node-command.ts'
import { startProcess, type ModuleProcess } from './module-process.ts'
import { loadHost, writeProgram, type HostProgram } from './program-files.ts'
import { atStart, type Progress } from './progress.ts'
import { chooseWalls, type RequiredWalls, type Walls } from './walls.ts'

export interface ModuleRunnerOptions {
  /** The runner's own; kept between starts, so that what a dead worker left is found. */
  readonly stateDir: string
  /** The text that was deployed under this digest. */
  readonly source: (digest: Digest) => Promise<string | undefined>
  /** Told once, at creation: what this machine cannot enforce. */
  readonly onWeakness?: (weakness: string) => void
  /** Whether modules run where the kernel's walls are missing. By default they do not under root, and do under other users. */
  readonly required?: RequiredWalls | undefined
  /** `least` does without namespaces and cgroups even where they can be had: to test what is left on poorer machines. */
  readonly walls?: 'all' | 'least'
}

/** Other archives on this machine may have their groups beside ours; what is theirs is not ours to remove. */
export function groupPrefix(stateDir: string): string {
  return `strata-hook-${createHash('sha256').update(resolve(stateDir)).digest('hex').slice(0, 12)}-`
}

/** Runs ECMAScript modules, each attempt in a process of its own under every wall that this machine has. */
export async function createModuleRunner(options: ModuleRunnerOptions): Promise<ProgramRunner> {
  const attempts = join(options.stateDir, 'attempts')
  await mkdir(attempts, { recursive: true, mode: 0o700 })
  const [walls, host] = await Promise.all([chooseWalls(options, groupPrefix(options.stateDir)), loadHost()])
  for (const weakness of walls.weaknesses) options.onWeakness?.(weakness)
  const { groups } = walls
  const machine: Machine = { ...walls, host, source: options.source }
  const running = new Set<string>()

  return {
    runs: ['module'],
    async run(job, control) {
      const startedAt = new Date()
      if (walls.refusal !== undefined) return notStarted(startedAt, runFailure('CONFIG', walls.refusal))
      const directory = await claimAttempt(attempts, job)
      if (directory === undefined) return notStarted(startedAt, runFailure('RUNTIME', 'This attempt was started before.'))
      running.add(attemptName(job))
      try {
        return await execute(machine, job, control, directory, startedAt)
      } catch (error) {
        const told = failureOfMachine(error, job)
        if (told === undefined) throw error
        return { ...notStarted(startedAt, told.failure), ...told }
      } finally {
        running.delete(attemptName(job))
        await directory.remove()
      }
    },
    async removeLeftovers(isLive) {
      const removed: AttemptId[] = []
      const failed: unknown[] = []
      const names = new Set([...(await listAttempts(attempts)).map(attemptName), ...((await groups?.list()) ?? [])])
      for (const name of names) {
        const id = parseAttemptName(name)
        if (id === undefined || running.has(name) || (await isLive(id))) continue
        try {
          await endAttempt(attempts, id)
          await groups?.open(name).remove()
          removed.push(id)
        } catch (error) {
          // Remove the others first, then report what failed.
          failed.push(error)
        }
      }
      if (failed.length > 0 && removed.length === 0) throw new AggregateError(failed, 'some attempts of modules could not be removed')
      return removed
    },
  }
}

interface Machine extends Walls {
  readonly host: HostProgram
  readonly source: ModuleRunnerOptions['source']
}

async function execute(
  machine: Machine,
  job: RunJob,
  control: RunControl,
  directory: AttemptDirectory,
  startedAt: Date,
): Promise<RunObservation> {
  const { confinement, groups, host } = machine
  const source = await verifiedSource(machine, job)
  if (typeof source !== 'string') return notStarted(startedAt, source)
  if (control.signal.aborted) return notStarted(startedAt, runFailure('CANCELLED', 'The run was cancelled.'))

  const paths = await prepare(directory, host, source)
  const command = confinement.wrap(paths, nodeCommand(job, confinement.inside(paths)))
  const log = keepLog(job.logFile, job.maxLogBytes, control.onLog?.bind(control))
  const group = await groups?.make(attemptName(job), job.memoryBytes, job.cpuMillis)
  const child = await startProcess(command, log.add).catch(async (error: unknown) => {
    log.end()
    await group?.remove()
    throw error
  })
  let stopped: Stop | undefined
  const stop = (why: Stop) => {
    stopped ??= why
    child.kill()
  }
  const onAbort = () => stop({ why: 'cancelled' })
  const timer = setTimeout(() => stop({ why: 'timeout' }), job.timeoutSeconds * 1000)
  let unwatch: (() => void) | undefined
  const progress = atStart()
  try {
    await directory.own(child.pid)
    await group?.add(child.pid)
    control.signal.addEventListener('abort', onAbort)
    if (control.signal.aborted) onAbort()
    if (group === undefined) unwatch = watchMemory(child.pid, job.memoryBytes, () => stop({ why: 'memory' }))
    child.go()
    await converse(child, job, progress, stop)
    const end = await child.ended
    const oomKilled = ((await group?.oomKilled()) ?? false) || isMemory(stopped)
    const failure = classifyEnd({
      kind: job.program.kind,
      ...end,
      stopped,
      oomKilled,
      progress,
      logTail: log.tail(),
      memoryBytes: job.memoryBytes,
      timeoutSeconds: job.timeoutSeconds,
    })
    return {
      startedAt,
      finishedAt: new Date(),
      ...(end.exitCode === undefined ? {} : { exitCode: end.exitCode }),
      ...(end.signal === undefined ? {} : { signal: end.signal }),
      oomKilled: failure?.kind === 'OOM',
      timedOut: failure?.kind === 'TIMEOUT',
      artifact: { type: 'module', digest: job.runtime.digest },
      isolation: ['permission model', ...confinement.isolation, group === undefined ? 'memory watched' : 'memory by cgroup'],
      log: log.end(),
      ...(failure === undefined ? {} : { failure }),
    }
  } finally {
    clearTimeout(timer)
    control.signal.removeEventListener('abort', onAbort)
    unwatch?.()
    child.kill()
    await child.ended
    log.end()
    await group?.remove()
  }
}

/** A process that closed its socket cannot continue. It gets this long to exit by itself, and its exit code says why. */
const endingMs = 5_000

async function converse(child: ModuleProcess, job: RunJob, progress: Progress, stop: (why: Stop) => void): Promise<void> {
  try {
    await exchange(child.channel, job, progress)
  } catch (error) {
    if (error instanceof OutputExceeded || error instanceof InvalidOutput) stop({ why: 'output', excess: error.message })
    else if (error instanceof ProtocolBroken) stop({ why: 'broken', how: error.message })
    else throw error
  } finally {
    child.channel.destroy()
  }
  const late = setTimeout(() => stop({ why: 'broken', how: 'it closed its socket and went on' }), endingMs)
  await child.ended
  clearTimeout(late)
}

function exchange(channel: Duplex, job: RunJob, progress: Progress): Promise<void> {
  switch (job.program.kind) {
    case 'hook':
      return exchangeRecords(channel, job, progress)
    case 'ingester':
      return exchangePulls(channel, job, job.program, progress)
    default:
      return job.program satisfies never
  }
}

/** What the system refused us is an observation; everything else that is thrown is a bug. */
function failureOfMachine(error: unknown, { program }: RunJob): ToldFailure | undefined {
  const code = codeOf(error)
  if (code === undefined || code.startsWith('ERR_') || !(error instanceof Error)) return undefined
  const kind = code === 'EACCES' || code === 'EPERM' ? 'PERMISSION' : 'RUNTIME'
  return { failure: runFailure(kind, `The ${program.kind} could not be run on this machine (${code}).`), detail: error.message }
}

function isMemory(stop: Stop | undefined): boolean {
  return stop?.why === 'memory'
}

/** What was stored may have been damaged or changed since: the digest of the very text that is run is taken. */
async function verifiedSource({ source }: Machine, { runtime }: RunJob): Promise<string | RunFailure> {
  if (runtime.type !== 'module') return runFailure('CONFIG', `This worker runs modules, not ${runtime.type}.`)
  const text = await source(runtime.digest)
  if (text === undefined) return runFailure('CONFIG', `The module ${runtime.digest} is not stored here.`)
  if (digestOf(text) === runtime.digest) return text
  return runFailure('CONFIG', `What is stored as the module ${runtime.digest} has another digest; it was changed since it was deployed.`)
}

async function prepare({ path }: AttemptDirectory, host: HostProgram, source: string): Promise<ConfinedPaths> {
  const program = join(path, 'program')
  await writeProgram(program, host, source)
  const root = join(path, 'root')
  await mkdir(root)
  return { root, node: process.execPath, program }
}

function notStarted(startedAt: Date, failure: RunFailure): RunObservation {
  return {
    startedAt,
    finishedAt: new Date(),
    oomKilled: false,
    timedOut: false,
    isolation: [],
    log: { bytes: 0, truncated: false },
    failure,
  }
}
