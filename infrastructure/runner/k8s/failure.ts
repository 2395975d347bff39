import type { ProgramKind, RunJob } from '@strata/domain/run'
import { told, type ToldFailure } from '../shared/attempt-failed.ts'
import { failureOfExit } from '../shared/last-words.ts'
import { failureOfImagesStart } from '../shared/program-fault.ts'
import { failureOfPull } from '../shared/pull-fault.ts'
import type { AttemptFacts, PodFacts, Warning } from './facts.ts'

/** Why the runner ended a program before it ended itself. */
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

type Limits = Pick<RunJob, 'memoryBytes' | 'timeoutSeconds'> & {
  readonly kind: ProgramKind
  readonly digest: string
  readonly startSeconds: number
}

/** What the end of an attempt says about it; nothing when all is well. */
export function failureOfEnd(facts: EndFacts, limits: Limits): ToldFailure | undefined {
  const { stop, pod } = facts
  const { kind } = limits
  if (stop?.because === 'cancelled') return told('CANCELLED', `The run was cancelled, and the ${kind} was stopped.`)
  const wrote = stop?.because === 'output' ? stop.excess : facts.excess
  if (wrote !== undefined) return told('INVALID_OUTPUT', wrote)
  // Also when its time was up or it was content: what it wrote may lack the part that was killed.
  if (wantsMemory(pod)) return told('OOM', `The ${kind} needed more than its ${Math.floor(limits.memoryBytes / 2 ** 20)} MiB of memory.`)
  const hopeless = whyHopeless(facts, limits.digest, kind)
  if (hopeless !== undefined) return hopeless
  if (stop?.because === 'silence') return told('RUNTIME', `The cluster could not be asked about the ${kind} any more.`, stop.fault)
  if (stop?.because === 'start') return notStarted(facts, limits)
  if (stop?.because === 'timeout' || (facts.job.failed?.reason === 'DeadlineExceeded' && hasStarted(pod))) {
    return told('TIMEOUT', `The ${kind} was not done after ${limits.timeoutSeconds} s, and was stopped.`)
  }
  return failureOfPod(facts, kind)
}

/** What will not get better by waiting; nothing while there is hope. Reported at once, so that the run does not wait for the time limit. */
export function whyHopeless({ pod, podsSeen, warnings }: AttemptFacts, digest: string, kind: ProgramKind): ToldFailure | undefined {
  if (podsSeen > 1)
    return told('RUNTIME', `The cluster started the ${kind} a second time while the first was not accounted for; neither counts.`)
  const forbidden = warnings.find(({ reason, message }) => reason === 'FailedCreate' && /forbidden|exceeded quota/i.test(message))
  if (pod === undefined) return forbidden && failureOfForbidden(forbidden.message)
  if (hasStarted(pod) && !pod.imageId.includes(digest)) {
    const sentence = `The node ran another image when asked for ${digest}; remove that image from the node, or push it again, and retry the run.`
    return told(
      'IMAGE_PULL',
      sentence,
      `the node ${pod.node ?? ''} ran ${pod.imageId === '' ? 'an image that it does not name' : pod.imageId}`,
    )
  }
  return pod.waiting && failureOfWaiting(pod.waiting, digest)
}

export function hasStarted(pod: PodFacts | undefined): boolean {
  return pod !== undefined && (pod.running || (pod.ended !== undefined && !neverRan.has(pod.ended.reason)))
}

/** Nothing more will be heard of the program itself. */
export function isOver({ job, pod }: AttemptFacts): boolean {
  return (
    pod?.ended !== undefined ||
    pod?.gone === true ||
    pod?.failed !== undefined ||
    (job.failed !== undefined && pod?.running !== true) ||
    job.gone
  )
}

const neverRan: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun'])

function failureOfPod({ job, pod, log }: EndFacts, kind: ProgramKind): ToldFailure | undefined {
  const ended = pod?.ended
  if (ended !== undefined && neverRan.has(ended.reason)) {
    return failureOfImagesStart(ended.message) ?? told('RUNTIME', `The node could not start the ${kind}’s container.`, ended.message)
  }
  const outside = failureFromOutside(pod, kind)
  if (outside !== undefined) return outside
  if (ended?.exitCode === 0) return undefined
  if (ended !== undefined) return { failure: failureOfExit(kind, ended.exitCode, log) }
  if (job.gone) return told('RUNTIME', 'The Job of this attempt was deleted by something other than the worker.')
  if (job.failed === undefined) return told('RUNTIME', `The Job ended without a result of the ${kind}: its pod went away.`)
  return told('RUNTIME', `The Job ended without a result of the ${kind}${because(job.failed.reason)}.`, job.failed.message)
}

/** Evicted, preempted, drained, its node lost: a program that was told to end may even have ended with 0, half done. */
function failureFromOutside(pod: PodFacts | undefined, kind: ProgramKind): ToldFailure | undefined {
  if (pod === undefined) return undefined
  const where = `pod ${pod.name}, node ${pod.node ?? 'unknown'}`
  if (pod.failed !== undefined)
    return told('RUNTIME', `The cluster ended the ${kind}${because(pod.failed.reason)}.`, `${where}: ${pod.failed.message}`)
  if (pod.ended?.reason === 'ContainerStatusUnknown')
    return told('RUNTIME', `The cluster lost sight of the ${kind}.`, `${where}: ${pod.ended.message}`)
  if (!pod.deleted) return undefined
  const why = pod.disruption === undefined ? 'it was deleted, or its node was drained or lost' : 'the cluster took its place away'
  return told('RUNTIME', `The ${kind}'s pod was removed before its result was taken: ${why}.`, `${where}: ${pod.disruption ?? ''}`)
}

/** The API's reasons are single words like `Evicted`. Ignore anything else. */
function because(reason: string): string {
  return /^[A-Za-z]{1,60}$/.test(reason) ? ` (${reason})` : ''
}

/** `/tmp` is memory: a pod that is evicted for filling it needs more. */
function wantsMemory(pod: PodFacts | undefined): boolean {
  return (
    pod?.ended?.reason === 'OOMKilled' || (pod?.failed?.reason === 'Evicted' && /EmptyDir volume "tmp" exceeds/i.test(pod.failed.message))
  )
}

function failureOfWaiting({ reason, message }: Warning, digest: string): ToldFailure | undefined {
  switch (reason) {
    case 'InvalidImageName':
      return told('IMAGE_PULL', 'The image’s name is none that a registry knows. Deploy again with a correct one.', message)
    case 'ErrImageNeverPull':
    case 'ImageInspectError':
      return told('IMAGE_PULL', 'The node cannot use the image.', message)
    case 'ErrImagePull':
    case 'RegistryUnavailable':
      return failureOfPull(digest, message)
    case 'ImagePullBackOff':
      // The node backs off after a failed pull. Only newer nodes repeat why the pull failed.
      if (message.includes('ErrImagePull:')) return failureOfPull(digest, message)
      return told(
        'IMAGE_PULL',
        'The node could not pull the image; the events of its pod say why. For a private registry, name its secret in STRATA_K8S_PULL_SECRET.',
        message,
      )
    case 'CreateContainerConfigError':
      return told('CONFIG', 'The cluster cannot make the container as asked.', message)
    case 'CreateContainerError':
    case 'RunContainerError':
      return failureOfImagesStart(message)
    default:
      return undefined
  }
}

/** What the API itself refuses, to the worker or to the Job. */
export function failureOfForbidden(said: string): ToldFailure {
  const [what, advice] = /exceeded quota/i.test(said)
    ? ['the namespace’s quota is used up', 'Raise it, or lower STRATA_RUN_CONCURRENCY or the release’s limits']
    : /violates PodSecurity|PodSecurityPolicy|unable to validate against any/i.test(said)
      ? [
          'its pod security forbids the program’s pod',
          'Programs need no more than the level "restricted" allows; look at what else admits pods there',
        ]
      : ['the worker may not do what it must', 'Give the worker’s service account the Role of deploy/kubernetes/access.yaml']
  return told('PERMISSION', `The cluster refuses: ${what}. ${advice}, then retry the run.`, said)
}

function notStarted({ pod, warnings }: AttemptFacts, { kind, startSeconds }: Limits): ToldFailure {
  const began = `The ${kind} did not start within ${startSeconds} s: `
  const warned = warnings.at(-1)
  const detail = warned === undefined ? pod?.waiting?.message : `${warned.reason}: ${warned.message}`
  if (pod === undefined) return told('RUNTIME', `${began}the cluster made no pod for it${because(warned?.reason ?? '')}.`, detail)
  if (pod.unschedulable !== undefined) return told('RUNTIME', `${began}no node takes it${lacking(pod.unschedulable)}.`, pod.unschedulable)
  return told('RUNTIME', `${began}its pod waits${because(warned?.reason ?? pod.waiting?.reason ?? '')}.`, detail)
}

/** When nodes lack something that the program requests, name it. Everything else that a scheduler reports is about the cluster. */
function lacking(said: string): string {
  const found = new Set([...said.matchAll(/Insufficient (cpu|memory|ephemeral-storage)/g)].map(([, resource]) => resource))
  return found.size === 0 ? '' : `, for want of ${[...found].join(' and ')}`
}
