import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node'
import { programContainer } from './job-spec.ts'

/** What a cluster shows of an attempt, no more than its end is told from. */
export interface AttemptFacts {
  readonly job: JobFacts
  /** The pod that runs the program, once there is one. */
  readonly pod: PodFacts | undefined
  /** Its program was seen at work, or at its end. */
  readonly hasRun: boolean
  /** A cluster may start a Job's program more than once. */
  readonly podsSeen: number
  /** Why no pod could be made, or no volume mounted: what the cluster warned of, newest last. */
  readonly warnings: readonly Warning[]
}

export interface Warning {
  readonly reason: string
  readonly message: string
}

export interface JobFacts {
  readonly gone: boolean
  readonly failed: Warning | undefined
}

export interface PodFacts {
  readonly name: string
  readonly node: string | undefined
  /** Its deletion was requested, or it does not exist any more. */
  readonly deleted: boolean
  readonly gone: boolean
  readonly failed: Warning | undefined
  /** The scheduler's sentence, while it has found no node. */
  readonly unschedulable: string | undefined
  /** Why it is taken away, where a cluster says so: preempted, drained. */
  readonly disruption: string | undefined
  readonly waiting: Warning | undefined
  readonly running: boolean
  readonly ended:
    | { readonly exitCode: number; readonly signal: number | undefined; readonly reason: string; readonly message: string }
    | undefined
  /** As the node has it: with the digest by which it was pulled. */
  readonly imageId: string
}

export function jobFacts(job: V1Job | undefined, present: boolean): JobFacts {
  const failed = job?.status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True')
  return { gone: !present, failed: failed && { reason: failed.reason ?? '', message: failed.message ?? '' } }
}

export function podFacts({ metadata, spec, status }: V1Pod, present: boolean): PodFacts {
  const conditions = status?.conditions ?? []
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled')
  const disrupted = conditions.find((condition) => condition.type === 'DisruptionTarget' && condition.status === 'True')
  const container = status?.containerStatuses?.find(({ name }) => name === programContainer)
  const ended = container?.state?.terminated
  const waiting = container?.state?.waiting
  return {
    name: metadata?.name ?? '',
    node: spec?.nodeName,
    deleted: !present || metadata?.deletionTimestamp !== undefined,
    gone: !present,
    failed: status?.reason === undefined ? undefined : { reason: status.reason, message: status.message ?? '' },
    unschedulable: scheduled?.status === 'False' ? (scheduled.message ?? scheduled.reason) : undefined,
    disruption: disrupted && (disrupted.message ?? disrupted.reason),
    waiting: waiting && { reason: waiting.reason ?? '', message: waiting.message ?? '' },
    running: container?.state?.running !== undefined,
    ended: ended && { exitCode: ended.exitCode, signal: ended.signal, reason: ended.reason ?? '', message: ended.message ?? '' },
    imageId: container?.imageID ?? '',
  }
}

export function warningOf({ type, reason, message }: CoreV1Event): Warning | undefined {
  return type === 'Warning' ? { reason: reason ?? '', message: message ?? '' } : undefined
}
