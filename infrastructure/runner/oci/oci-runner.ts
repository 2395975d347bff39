import type { ProgramRunner, Preparation, RunControl, RunJob, RunObservation, VerifiedArtifact } from '@strata/domain/run'
import type { OciRuntime, Registries, RuntimeConfig } from '@strata/domain/registry'
import { existsSync } from 'node:fs'
import { AttemptFailed, told, type ToldFailure } from '../shared/attempt-failed.ts'
import { closeToProgram, openToProgram } from '../shared/directories.ts'
import { outputExcess } from '../shared/watch-output.ts'
import { containerName, containerSpec } from './container-spec.ts'
import type { InfoAnswer } from './engine/answers.ts'
import { engineAt, type Engine } from './engine/engine.ts'
import { EngineFault, isAway, isEngineFault } from './engine/fault.ts'
import { execute, type Ended } from './execute.ts'
import { failureOf } from './failed.ts'
import { failureOfEnd } from './failure.ts'
import { verifiedImage, type ImageSource, type VerifiedImage } from './image.ts'
import { refuseMissingProgram } from './image-program.ts'
import { isolationInForce } from './isolation.ts'
import { removeLeftovers } from './leftovers.ts'
import type { PullLimits } from './pull.ts'
import { pulls } from './pulls.ts'
import { refuseRegistry } from './refuse-registry.ts'
import { seccompOption } from './seccomp.ts'
import { untilGone } from './until-gone.ts'

export interface OciRunnerOptions {
  /** Where an engine may listen; the first that exists is used. */
  readonly sockets: readonly string[]
  /** The id of the installation that owns these programs. Containers of other installations on the same engine are never touched. */
  readonly node: string
  readonly registries: Registries
  readonly images?: PullLimits
}

const usualImages: PullLimits = { maxImageBytes: 10 * 2 ** 30, pullSeconds: 900, answerSeconds: 60 }

/** Runs programs in containers of Docker or Podman, through the engine's API. */
export function ociRunner({ sockets, node, registries, images = usualImages }: OciRunnerOptions): ProgramRunner {
  const underWay = pulls()
  // Looked for each time: an engine may be installed or come up later than the worker.
  const at = (path: string): Place => ({ socketPath: path, node, registries, engine: engineAt(path), pulls: underWay, limits: images })
  const socketPath = () => sockets.find((path) => existsSync(path)) ?? sockets[0] ?? '/var/run/docker.sock'
  return {
    runs: ['oci'],
    run: (job, control) => attempt(job, control, at(socketPath())),
    prepare: (runtime, signal) => prepare(at(socketPath()), runtime, signal),
    absence: () => absence(engineAt(socketPath()), socketPath()),
    removeLeftovers: (isLive) => removeLeftovers(engineAt(socketPath()), node, isLive),
  }
}

interface Place extends ImageSource {
  readonly socketPath: string
  readonly node: string
  readonly registries: Registries
}

async function prepare(place: Place, runtime: RuntimeConfig, signal: AbortSignal): Promise<Preparation> {
  try {
    if (runtime.type === 'oci') await permittedImage(place, runtime, await place.engine.info(), signal)
    return {}
  } catch (error) {
    const { failure, detail } = signal.aborted
      ? told('CANCELLED', 'The worker stopped waiting for the image.')
      : failureOf(error, place.socketPath)
    return { failure, runnerAway: isAway(error), ...(detail === undefined ? {} : { detail }) }
  }
}

/** The image of a runtime, if its registry is allowed. */
async function permittedImage(place: Place, runtime: OciRuntime, info: InfoAnswer, signal: AbortSignal): Promise<VerifiedImage> {
  await refuseRegistry(place.registries, runtime.image)
  return verifiedImage(place, runtime, info, signal)
}

async function absence(engine: Engine, socketPath: string): Promise<string | undefined> {
  try {
    await engine.ping()
    return undefined
  } catch (error) {
    // Each attempt reports what the engine refuses, with what to do about it.
    return isAway(error) ? `The container engine at ${socketPath} does not answer: ${error.message}.` : undefined
  }
}

interface Facts {
  artifact?: VerifiedArtifact
  isolation: readonly string[]
  /** No process of the program runs any more, so its output no longer changes. */
  isGone: boolean
  ended?: Ended
  told?: ToldFailure
}

async function attempt(job: RunJob, control: RunControl, place: Place): Promise<RunObservation> {
  const startedAt = new Date()
  const facts: Facts = { isolation: [], isGone: true }
  let runnerAway = false
  try {
    await inContainer(place, job, control, facts)
  } catch (error) {
    runnerAway = isAway(error)
    facts.told = control.signal.aborted ? told('CANCELLED', 'The run was cancelled.') : failureOf(error, place.socketPath)
  }
  const { artifact, isolation, ended, isGone } = facts
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
    ...(runnerAway && { runnerAway }),
    ...(!isGone && { mayStillRun: true }),
  }
}

async function inContainer(place: Place, job: RunJob, control: RunControl, facts: Facts): Promise<void> {
  const { engine, node } = place
  const runtime = ociOnly(job)
  control.signal.throwIfAborted()
  const info = await engine.info()
  const image = await permittedImage(place, runtime, info, control.signal)
  control.signal.throwIfAborted()
  await openToProgram(job, { sameUsers: !mapsUsers(info) })
  const seccomp = await seccompOption(engine, job)
  const container = await created(engine, containerName(node, job), containerSpec(job, image, { node, cpus: info.NCPU, seccomp }))
  try {
    const made = await engine.container(container)
    if (!image.id.endsWith(made.Image))
      throw new AttemptFailed(
        'RUNTIME',
        'The engine made a container of another image than it was asked for.',
        `${made.Image} instead of ${image.id}`,
      )
    const isolation = isolationInForce(job, made, info, seccomp)
    await refuseMissingProgram(engine, container, image.answer)
    control.signal.throwIfAborted()
    facts.ended = await execute(engine, container, job, control, () => {
      facts.artifact = { type: 'oci', image: runtime.image, digest: runtime.digest }
      facts.isolation = isolation
    })
  } finally {
    facts.isGone = await untilGone(engine, container, control.signal)
    await closeToProgram(job)
  }
  if (!facts.isGone) throw new EngineFault({ message: 'it does not say that the container is gone' })
  const failure = failureOfEnd(facts.ended, job, await outputExcess(job))
  if (failure) facts.told = { failure }
}

/** The same attempt again is a fault of the caller: its container may be running, so it is neither taken nor removed. */
async function created(engine: Engine, name: string, spec: object): Promise<string> {
  try {
    return await engine.create(name, spec)
  } catch (error) {
    if (isEngineFault(error, 409))
      throw new AttemptFailed('RUNTIME', 'This attempt was started before: its container is there already.', name)
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
