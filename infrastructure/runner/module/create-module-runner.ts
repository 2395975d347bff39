import { createHash } from 'node:crypto'
import { chown, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { digestOf, type Digest } from '@strata/domain/shared'
import { runFailure, type AttemptId, type HookRunner, type RunControl, type RunFailure, type RunJob, type RunObservation } from '@strata/domain/run'
import type { ToldFailure } from '../shared/attempt-failed.ts'
import { keepLog } from '../shared/keep-log.ts'
import { codeOf } from '../shared/open-output.ts'
import { outputExcess, watchOutput } from '../shared/watch-output.ts'
import { attemptName, claimAttempt, endAttempt, listAttempts, parseAttemptName, type AttemptDirectory } from './attempt-directory.ts'
import { classifyEnd, type Stop } from './classify-end.ts'
import { chooseConfinement, permissionModelAlone, type ConfinedPaths, type Confinement } from './confinement.ts'
import { findMemoryGroups, type MemoryGroups } from './memory-limit.ts'
import { watchMemory } from './memory-watch.ts'
import { nodeCommand } from './node-command.ts'
import { startProcess } from './module-process.ts'
import { loadHost, writeProgram, type HostProgram } from './program-files.ts'

export interface ModuleRunnerOptions {
  /** The runner's own; kept between starts, so that what a dead worker left is found. */
  readonly stateDir: string
  /** The text that was deployed under this digest. */
  readonly source: (digest: Digest) => Promise<string | undefined>
  /** Told once, at creation: what this machine cannot enforce. */
  readonly onWeakness?: (weakness: string) => void
  /** `least` does without namespaces and cgroups even where they can be had: to test what is left on poorer machines. */
  readonly walls?: 'all' | 'least'
}

/** Other archives on this machine may have their groups beside ours; what is theirs is not ours to remove. */
export function groupPrefix(stateDir: string): string {
  return `strata-hook-${createHash('sha256').update(resolve(stateDir)).digest('hex').slice(0, 12)}-`
}

/** Runs ECMAScript modules, each attempt in a process of its own under every wall that this machine has. */
export async function createModuleRunner(options: ModuleRunnerOptions): Promise<HookRunner> {
  const attempts = join(options.stateDir, 'attempts')
  await mkdir(attempts, { recursive: true, mode: 0o700 })
  const [confinement, groups, host] = await Promise.all([
    options.walls === 'least' ? permissionModelAlone() : chooseConfinement(options.stateDir),
    options.walls === 'least' ? undefined : findMemoryGroups(groupPrefix(options.stateDir)),
    loadHost(),
  ])
  if (confinement.weakness !== undefined) options.onWeakness?.(confinement.weakness)
  if (groups === undefined) options.onWeakness?.('Memory of modules is watched, not limited: this worker may make no cgroups.')
  const machine: Machine = { confinement, groups, host, source: options.source }
  const running = new Set<string>()

  return {
    runs: ['module'],
    async run(job, control) {
      const startedAt = new Date()
      const directory = await claimAttempt(attempts, job)
      if (directory === undefined) return notStarted(startedAt, runFailure('RUNTIME', 'This attempt was started before.'))
      running.add(attemptName(job))
      try {
        return await execute(machine, job, control, directory, startedAt)
      } catch (error) {
        const told = failureOfMachine(error)
        if (told === undefined) throw error
        return { ...notStarted(startedAt, told.failure), ...told }
      } finally {
        running.delete(attemptName(job))
        await directory.remove()
      }
    },
    async removeLeftovers(isLive) {
      const removed: AttemptId[] = []
      const names = new Set([...(await listAttempts(attempts)).map(attemptName), ...((await groups?.list()) ?? [])])
      for (const name of names) {
        const id = parseAttemptName(name)
        if (id === undefined || running.has(name) || (await isLive(id))) continue
        await endAttempt(attempts, id)
        await groups?.open(name).remove()
        removed.push(id)
      }
      return removed
    },
  }
}

interface Machine {
  readonly confinement: Confinement
  readonly groups: MemoryGroups | undefined
  readonly host: HostProgram
  readonly source: ModuleRunnerOptions['source']
}

async function execute(machine: Machine, job: RunJob, control: RunControl, directory: AttemptDirectory, startedAt: Date): Promise<RunObservation> {
  const { confinement, groups, host } = machine
  const source = await verifiedSource(machine, job)
  if (typeof source !== 'string') return notStarted(startedAt, source)
  if (control.signal.aborted) return notStarted(startedAt, runFailure('CANCELLED', 'The run was cancelled.'))

  const paths = await prepare(job, directory, host, source, confinement)
  const command = confinement.wrap(paths, job.maxOutputBytes + 2 ** 20, nodeCommand(job, confinement.inside(paths)))
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
  const watches = [watchOutput(job.outputDir, job.maxOutputBytes, (excess) => stop({ why: 'output', excess }))]
  try {
    await directory.own(child.pid)
    await group?.add(child.pid)
    control.signal.addEventListener('abort', onAbort)
    if (control.signal.aborted) onAbort()
    if (group === undefined) watches.push(watchMemory(child.pid, job.memoryBytes, () => stop({ why: 'memory' })))
    child.go()
    const end = await child.ended
    const oomKilled = ((await group?.oomKilled()) ?? false) || isMemory(stopped)
    const excess = stopped === undefined ? await outputExcess(job.outputDir, job.maxOutputBytes) : undefined
    const reason: Stop | undefined = excess === undefined ? stopped : { why: 'output', excess }
    const failure = classifyEnd({ ...end, stopped: reason, oomKilled, logTail: log.tail(), memoryBytes: job.memoryBytes, timeoutSeconds: job.timeoutSeconds })
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
    for (const unwatch of watches) unwatch()
    child.kill()
    await child.ended
    log.end()
    await group?.remove()
  }
}

/** What the system refused us is an observation; everything else that is thrown is a bug. */
function failureOfMachine(error: unknown): ToldFailure | undefined {
  const code = codeOf(error)
  if (code === undefined || code.startsWith('ERR_') || !(error instanceof Error)) return undefined
  const kind = code === 'EACCES' || code === 'EPERM' ? 'PERMISSION' : 'RUNTIME'
  return { failure: runFailure(kind, `The hook could not be run on this machine (${code}).`), detail: error.message }
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

async function prepare(job: RunJob, { path }: AttemptDirectory, host: HostProgram, source: string, { owner }: Confinement): Promise<ConfinedPaths> {
  const program = join(path, 'program')
  await writeProgram(program, host, source)
  const root = join(path, 'root')
  await mkdir(root)
  if (owner !== undefined) await chown(job.outputDir, owner, owner)
  return { root, node: process.execPath, program, input: job.inputDir, files: job.filesDir, output: job.outputDir }
}

function notStarted(startedAt: Date, failure: RunFailure): RunObservation {
  return { startedAt, finishedAt: new Date(), oomKilled: false, timedOut: false, isolation: [], log: { bytes: 0, truncated: false }, failure }
}
