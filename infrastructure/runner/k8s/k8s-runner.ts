import { whyNotFrom, type OciRuntime, type Registries } from '@strata/domain/registry'
import type { ProgramRunner, RunControl, RunJob, RunObservation, VerifiedArtifact } from '@strata/domain/run'
import { closeToProgram, openToProgram } from '../shared/directories.ts'
import { endingOf } from './clear-away.ts'
import type { Cluster } from './cluster/calls.ts'
import { isAway } from './cluster/fault.ts'
import { createJob } from './create-job.ts'
import { execute, type Ended } from './execute.ts'
import { AttemptFailed, told, type ToldFailure } from '../shared/attempt-failed.ts'
import { failureOf } from './failed.ts'
import { failureOfEnd, hasStarted } from './failure.ts'
import { isolationInForce } from './isolation.ts'
import { jobSpec } from './job-spec.ts'
import { removeLeftovers } from './leftovers.ts'
import { selector } from './names.ts'
import { removeJob } from './remove.ts'
import { subPaths } from './volume.ts'
import { watchAttempt } from './watch-attempt.ts'

export interface K8sRunnerOptions {
  /** The id of the installation that owns these programs. Jobs of other installations in the same namespace are never touched. */
  readonly node: string
  readonly namespace: string
  /** The file that says where the cluster is; without it, the service account of the worker's own pod. */
  readonly kubeconfig: string | undefined
  /** What holds the runs' directories: the claim that Jobs mount, and where the worker has it. */
  readonly volume: { readonly claim: string; readonly path: string }
  readonly pullSecret: string | undefined
  readonly startSeconds: number
  readonly networkDenied: boolean
  readonly registries: Registries
  /** A seccomp profile that the operator installed on the nodes. Without it, the container runtime's default applies. */
  readonly seccompProfile?: string | undefined
}

/** Runs programs as Jobs of a Kubernetes cluster. */
export function k8sRunner(options: K8sRunnerOptions): ProgramRunner {
  let connected: Promise<Cluster> | undefined
  const cluster = () => {
    connected ??= import('./cluster/connect.ts').then(({ connect }) => connect(options))
    // A kubeconfig may be put right while the worker runs.
    connected.catch(() => (connected = undefined))
    return connected
  }
  return {
    runs: ['oci'],
    run: (job, control) => attempt(job, control, options, cluster),
    absence: () => absence(cluster),
    removeLeftovers: async (isLive) => removeLeftovers(await cluster(), options.node, isLive),
  }
}

async function absence(cluster: () => Promise<Cluster>): Promise<string | undefined> {
  try {
    await (await cluster()).ping()
    return undefined
  } catch (error) {
    // A refusal is not an absence. Each attempt reports it, with what to do about it.
    return isAway(error) ? `The cluster does not answer: ${error.message}.` : undefined
  }
}

interface Facts {
  artifact?: VerifiedArtifact
  /** No process of the program runs any more, so its output no longer changes. */
  isGone: boolean
  isolation: readonly string[]
  ended?: Ended
  told?: ToldFailure
}

async function attempt(
  job: RunJob,
  control: RunControl,
  options: K8sRunnerOptions,
  cluster: () => Promise<Cluster>,
): Promise<RunObservation> {
  const startedAt = new Date()
  const facts: Facts = { isolation: [], isGone: true }
  let runnerAway = false
  try {
    control.signal.throwIfAborted()
    await asJob(await cluster(), job, control, options, facts)
    runnerAway = facts.ended?.stop?.because === 'silence'
  } catch (error) {
    runnerAway = isAway(error)
    facts.told = control.signal.aborted ? told('CANCELLED', 'The run was cancelled.') : failureOf(error)
  }
  const { artifact, isolation, ended, isGone } = facts
  return {
    startedAt,
    finishedAt: new Date(),
    ...(ended?.pod?.ended && { exitCode: ended.pod.ended.exitCode }),
    oomKilled: ended?.pod?.ended?.reason === 'OOMKilled',
    timedOut: ended?.stop?.because === 'timeout' || facts.told?.failure.kind === 'TIMEOUT',
    ...(artifact && { artifact }),
    isolation,
    log: { bytes: ended?.kept.bytes ?? 0, truncated: ended?.kept.truncated ?? false },
    ...facts.told,
    ...(runnerAway && { runnerAway }),
    ...(!isGone && { mayStillRun: true }),
  }
}

async function asJob(cluster: Cluster, job: RunJob, control: RunControl, options: K8sRunnerOptions, facts: Facts): Promise<void> {
  const runtime = ociOnly(job)
  const refused = whyNotFrom(options.registries, runtime.image)
  if (refused !== undefined) throw new AttemptFailed('CONFIG', refused)
  const { node, startSeconds } = options
  const plan = { ...options, claim: options.volume.claim, paths: subPaths(job, options.volume.path) }
  const labelSelector = selector(node, job)
  const wanted = jobSpec(job, runtime, plan)
  const name = wanted.metadata?.name ?? ''
  await openToProgram(job, { sameUsers: true })
  try {
    const made = await createJob(cluster, wanted, control.signal).catch((error: unknown) => {
      // The API server may have created the Job all the same.
      if (isAway(error)) facts.isGone = false
      throw error
    })
    facts.isGone = false
    await using watch = watchAttempt(cluster, made, labelSelector)
    const ending = endingOf(watch, (grace) => removeJob(cluster, name, labelSelector, grace))
    let isolation: readonly string[] = []
    try {
      const onPod = () => {
        const pod = watch.pod()
        if (pod !== undefined) isolation = isolationInForce(pod, job.program.kind, options)
      }
      facts.ended = await execute({ cluster, watch, job, digest: runtime.digest, startSeconds, control, ending, onPod })
    } finally {
      // The results are in the volume and the log is kept, or there is nothing worth keeping: only now may it go.
      facts.isGone = await ending.clearAway()
    }
    const { pod } = facts.ended
    const failure = failureOfEnd(facts.ended, { ...job, kind: job.program.kind, digest: runtime.digest, startSeconds })
    if (failure) facts.told = failure
    if (hasStarted(pod)) facts.isolation = isolation
    if (hasStarted(pod) && pod?.imageId.includes(runtime.digest))
      facts.artifact = { type: 'oci', image: runtime.image, digest: runtime.digest }
    if (!facts.isGone && !failure) {
      const { kind } = job.program
      const message = `The ${kind}’s pod does not end, so its node may be lost; the ${kind} may be running still.`
      facts.told = told('RUNTIME', message, `pod ${pod?.name ?? ''}, node ${pod?.node ?? ''}`)
    }
  } finally {
    await closeToProgram(job)
  }
}

function ociOnly({ runtime }: RunJob): OciRuntime {
  if (runtime.type === 'oci') return runtime
  throw new Error(`the Kubernetes runner was given a ${runtime.type}`)
}
