import type { HookRunner, RunControl, RunJob, RunObservation, VerifiedArtifact } from '@strata/domain/run'
import type { OciRuntime, Registries } from '@strata/domain/registry'
import { existsSync } from 'node:fs'
import { AttemptFailed, told, type ToldFailure } from '../shared/attempt-failed.ts'
import { closeToHook, openToHook } from '../shared/directories.ts'
import { outputExcess } from '../shared/watch-output.ts'
import { containerName, containerSpec } from './container-spec.ts'
import type { InfoAnswer } from './engine/answers.ts'
import { engineAt, type Engine } from './engine/engine.ts'
import { isEngineFault } from './engine/fault.ts'
import { execute, type Ended } from './execute.ts'
import { failureOf } from './failed.ts'
import { failureOfEnd } from './failure.ts'
import { verifiedImage } from './image.ts'
import { refuseMissingProgram } from './image-program.ts'
import { isolationInForce } from './isolation.ts'
import { removeLeftovers } from './leftovers.ts'
import { refuseRegistry } from './refuse-registry.ts'
import { seccompOption } from './seccomp.ts'

export interface OciRunnerOptions {
  /** Where an engine may listen; the first that exists is used. */
  readonly sockets: readonly string[]
  /** The id of the installation whose hooks these are: containers of another one on the same engine are never touched. */
  readonly node: string
  readonly registries: Registries
}

/** Runs hooks in containers of Docker or Podman, through the engine's API. */
export function ociRunner({ sockets, ...options }: OciRunnerOptions): HookRunner {
  // Looked for each time: an engine may be installed or come up later than the worker.
  const socketPath = () => sockets.find((path) => existsSync(path)) ?? sockets[0] ?? '/var/run/docker.sock'
  return {
    runs: ['oci'],
    run: (job, control) => attempt(job, control, { socketPath: socketPath(), ...options }),
    removeLeftovers: (isLive) => removeLeftovers(engineAt(socketPath()), options.node, isLive),
  }
}

type Where = Omit<OciRunnerOptions, 'sockets'> & { readonly socketPath: string }

interface Facts {
  artifact?: VerifiedArtifact
  isolation: readonly string[]
  ended?: Ended
  told?: ToldFailure
}

async function attempt(job: RunJob, control: RunControl, where: Where): Promise<RunObservation> {
  const startedAt = new Date()
  const facts: Facts = { isolation: [] }
  try {
    await inContainer(engineAt(where.socketPath), job, control, where, facts)
  } catch (error) {
    facts.told = control.signal.aborted ? told('CANCELLED', 'The run was cancelled.') : failureOf(error, where.socketPath)
  }
  const { artifact, isolation, ended } = facts
  return {
    startedAt,
    finishedAt: new Date(),
    ...(ended && { exitCode: ended.exitCode }),
    oomKilled: ended?.oomKilled ?? false,
    timedOut: ended?.stop?.because === 'timeout',
    ...(artifact && { artifact }),
    isolation,
    log: { bytes: ended?.log.bytes ?? 0, truncated: ended?.log.truncated ?? false },
    ...facts.told,
  }
}

async function inContainer(engine: Engine, job: RunJob, control: RunControl, { node, registries }: Where, facts: Facts): Promise<void> {
  const runtime = ociOnly(job)
  control.signal.throwIfAborted()
  await refuseRegistry(registries, runtime.image)
  const info = await engine.info()
  const image = await verifiedImage(engine, runtime, info, control.signal)
  control.signal.throwIfAborted()
  await openToHook(job, { sameUsers: !mapsUsers(info) })
  const seccomp = await seccompOption(engine, job)
  const container = await created(engine, containerName(node, job), containerSpec(job, image, { node, cpus: info.NCPU, seccomp }))
  try {
    const made = await engine.container(container)
    if (!image.id.endsWith(made.Image)) throw new AttemptFailed('RUNTIME', 'The engine made a container of another image than it was asked for.', `${made.Image} instead of ${image.id}`)
    const isolation = isolationInForce(job, made, info, seccomp)
    await refuseMissingProgram(engine, container, image.answer)
    control.signal.throwIfAborted()
    facts.ended = await execute(engine, container, job, control, () => {
      facts.artifact = { type: 'oci', image: runtime.image, digest: runtime.digest }
      facts.isolation = isolation
    })
  } finally {
    await engine.remove(container)
    await closeToHook(job)
  }
  const failure = failureOfEnd(facts.ended, job, await outputExcess(job.outputDir, job.maxOutputBytes))
  if (failure) facts.told = { failure }
}

/** The same attempt again is a fault of whoever asks: its container may be running, so it is neither taken nor removed. */
async function created(engine: Engine, name: string, spec: object): Promise<string> {
  try {
    return await engine.create(name, spec)
  } catch (error) {
    if (isEngineFault(error, 409)) throw new AttemptFailed('RUNTIME', 'This attempt was started before: its container is there already.', name)
    throw error
  }
}

function ociOnly({ runtime }: RunJob): OciRuntime {
  if (runtime.type === 'oci') return runtime
  throw new Error(`the container runner was given a ${runtime.type}`)
}

function mapsUsers({ SecurityOptions }: InfoAnswer): boolean {
  return (SecurityOptions ?? []).some((option) => /^name=(userns|rootless)/.test(option))
}
