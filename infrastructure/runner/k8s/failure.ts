import type { RunFailure, RunJob } from '@strata/domain/run'
import { failureOfExit } from '../shared/last-words.ts'
import { isAboutTheProgram } from '../shared/program-fault.ts'
import type { AttemptFacts, PodFacts, Warning } from './facts.ts'

/** Why the runner ended a hook before it ended itself. */
export type Stop =
  | { readonly because: 'cancelled' | 'timeout' | 'start' }
  | { readonly because: 'output'; readonly excess: string }
  /** The cluster could not be asked for so long that nothing is known any more. */
  | { readonly because: 'silence'; readonly fault: string }

export interface EndFacts extends AttemptFacts {
  readonly stop: Stop | undefined
  /** How the output went beyond its bound, found when all was over. */
  readonly excess: string | undefined
  readonly log: string
}

type Limits = Pick<RunJob, 'memoryBytes' | 'timeoutSeconds'> & { readonly digest: string; readonly startSeconds: number }

/** What the end of an attempt says about it; nothing when all is well. */
export function failureOfEnd(facts: EndFacts, limits: Limits): RunFailure | undefined {
  const { stop, pod } = facts
  if (stop?.because === 'cancelled') return { kind: 'CANCELLED', message: 'The run was cancelled, and the hook was stopped.' }
  const wrote = stop?.because === 'output' ? stop.excess : facts.excess
  if (wrote !== undefined) return { kind: 'INVALID_OUTPUT', message: wrote }
  // Also when its time was up or it was content: what it wrote may lack the part that was killed.
  if (wantsMemory(pod)) return { kind: 'OOM', message: `The hook needed more than its ${Math.floor(limits.memoryBytes / 2 ** 20)} MiB of memory.` }
  const hopeless = whyHopeless(facts, limits.digest)
  if (hopeless !== undefined) return hopeless
  if (stop?.because === 'silence') return { kind: 'RUNTIME', message: `The cluster could not be asked about the hook any more: ${stop.fault}.` }
  if (stop?.because === 'start') return { kind: 'RUNTIME', message: `The hook did not start within ${limits.startSeconds} s: ${whyNotStarted(facts)}` }
  if (stop?.because === 'timeout' || (facts.job.failed?.reason === 'DeadlineExceeded' && hasStarted(pod))) {
    return { kind: 'TIMEOUT', message: `The hook was not done after ${limits.timeoutSeconds} s, and was stopped.` }
  }
  return failureOfPod(facts)
}

/** What will not get better by waiting; nothing while there is hope. Told before the end, so that nobody waits for it. */
export function whyHopeless({ pod, podsSeen, warnings }: AttemptFacts, digest: string): RunFailure | undefined {
  if (podsSeen > 1) return { kind: 'RUNTIME', message: 'The cluster started the hook a second time while the first was not accounted for; neither counts.' }
  const forbidden = warnings.find(({ reason, message }) => reason === 'FailedCreate' && /forbidden|exceeded quota/i.test(message))
  if (pod === undefined) return forbidden && failureOfForbidden(forbidden.message)
  if (hasStarted(pod) && !pod.imageId.includes(digest)) {
    const has = pod.imageId === '' ? 'an image that it does not name' : pod.imageId
    return {
      kind: 'IMAGE_PULL',
      message: `The node ${pod.node ?? ''} ran ${has} when asked for ${digest}; remove that image from the node, or push it again, and retry the run.`,
    }
  }
  return pod.waiting && failureOfWaiting(pod.waiting)
}

export function hasStarted(pod: PodFacts | undefined): boolean {
  return pod !== undefined && (pod.running || (pod.ended !== undefined && !neverRan.has(pod.ended.reason)))
}

/** Nothing more will be heard of the hook itself. */
export function isOver({ job, pod }: AttemptFacts): boolean {
  return pod?.ended !== undefined || pod?.gone === true || pod?.failed !== undefined || (job.failed !== undefined && pod?.running !== true) || job.gone
}

const neverRan: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun'])

function failureOfPod({ job, pod, log }: EndFacts): RunFailure | undefined {
  const ended = pod?.ended
  if (ended !== undefined && neverRan.has(ended.reason)) {
    const kind = isAboutTheProgram(ended.message) ? 'CONFIG' : 'RUNTIME'
    return { kind, message: `The image's program could not be started: ${oneLine(ended.message)}` }
  }
  const outside = failureFromOutside(pod)
  if (outside !== undefined) return outside
  if (ended?.exitCode === 0) return undefined
  if (ended !== undefined) return failureOfExit(ended.exitCode, log)
  if (job.gone) return { kind: 'RUNTIME', message: 'The Job of this attempt was deleted by somebody else.' }
  const why = job.failed === undefined ? 'its pod went away' : `${job.failed.reason}: ${job.failed.message}`
  return { kind: 'RUNTIME', message: `The Job ended without a result of the hook: ${oneLine(why)}.` }
}

/** Evicted, preempted, drained, its node lost: a hook that was told to end may even have ended with 0, half done. */
function failureFromOutside(pod: PodFacts | undefined): RunFailure | undefined {
  if (pod === undefined) return undefined
  const where = pod.node === undefined ? '' : ` on the node ${pod.node}`
  if (pod.failed !== undefined) return { kind: 'RUNTIME', message: `The cluster ended the hook${where}. ${pod.failed.reason}: ${oneLine(pod.failed.message)}` }
  if (pod.ended?.reason === 'ContainerStatusUnknown') return { kind: 'RUNTIME', message: `The cluster lost sight of the hook${where}: ${oneLine(pod.ended.message)}` }
  if (!pod.deleted) return undefined
  const why = pod.disruption === undefined ? 'somebody deleted it, or its node was drained or lost' : oneLine(pod.disruption)
  return { kind: 'RUNTIME', message: `The pod ${pod.name}${where} was removed before its result was taken: ${why}.` }
}

/** `/tmp` is memory: a pod that is evicted for filling it needs more. */
function wantsMemory(pod: PodFacts | undefined): boolean {
  return pod?.ended?.reason === 'OOMKilled' || (pod?.failed?.reason === 'Evicted' && /EmptyDir volume "tmp" exceeds/i.test(pod.failed.message))
}

function failureOfWaiting({ reason, message }: Warning): RunFailure | undefined {
  const said = oneLine(message)
  switch (reason) {
    case 'InvalidImageName':
      return { kind: 'IMAGE_PULL', message: `The image's name is none that a registry knows: ${said}. Deploy the hook with a correct one.` }
    case 'ErrImageNeverPull':
    case 'ImageInspectError':
      return { kind: 'IMAGE_PULL', message: `The node cannot use the image: ${said}.` }
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'RegistryUnavailable':
      if (isUnreachable(said)) return { kind: 'UPSTREAM', message: `The image could not be pulled: ${said}.` }
      return {
        kind: 'IMAGE_PULL',
        message: `The node could not pull the image: ${said}. Push that image again or deploy a digest that the registry has; for a private registry, name its secret in STRATA_K8S_PULL_SECRET.`,
      }
    case 'CreateContainerConfigError':
      return { kind: 'CONFIG', message: `The cluster cannot make the container as asked: ${said}.` }
    case 'CreateContainerError':
    case 'RunContainerError':
      return isAboutTheProgram(message) ? { kind: 'CONFIG', message: `The image's program could not be started: ${said}.` } : undefined
    default:
      return undefined
  }
}

/** The registry did not answer, or not sensibly; what it did answer stands in the other cases. */
function isUnreachable(said: string): boolean {
  return /connection refused|connection reset|i\/o timeout|no such host|TLS handshake timeout|deadline exceeded|: 5\d\d |\b429\b|toomanyrequests/i.test(said)
}

/** What the API itself refuses, to the worker or to the Job. */
export function failureOfForbidden(said: string): RunFailure {
  const advice = /exceeded quota/i.test(said)
    ? 'Raise the namespace’s quota, or lower STRATA_RUN_CONCURRENCY or the hook’s limits'
    : /violates PodSecurity|PodSecurityPolicy|unable to validate against any/i.test(said)
      ? 'Hooks need no more than the level "restricted" allows; look at what else admits pods there'
      : 'Give the worker’s service account the Role of deploy/kubernetes/access.yaml'
  return { kind: 'PERMISSION', message: `The cluster refuses: ${oneLine(said)}. ${advice}, then retry the run.` }
}

function whyNotStarted({ pod, warnings }: AttemptFacts): string {
  const warned = warnings.at(-1)
  const warning = warned && `${warned.reason}: ${oneLine(warned.message)}`
  if (pod === undefined) return warning ?? 'the cluster made no pod for it.'
  if (pod.unschedulable !== undefined) return `no node takes it. ${oneLine(pod.unschedulable)}`
  const waits = pod.waiting && `${pod.waiting.reason} ${oneLine(pod.waiting.message)}`.trim()
  return warning ?? waits ?? `its pod ${pod.name} is waiting${pod.node === undefined ? '' : ` on the node ${pod.node}`}.`
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '').slice(0, 600)
}
