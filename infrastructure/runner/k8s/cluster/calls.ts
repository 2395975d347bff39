import { ApiException, type BatchV1Api, type CoreV1Api, type CoreV1Event, type V1Job, type V1Pod } from '@kubernetes/client-node'
import type { IncomingMessage } from 'node:http'
import { ClusterFault, faultOfAnswer, faultOfConnection, isFault } from './fault.ts'
import { observe, type Change } from './observe.ts'

/** All that the runner asks of a cluster, in one namespace; what is refused is a ClusterFault. */
export interface Cluster {
  readonly namespace: string
  /** Every API server answers this, with any credentials. */
  ping(): Promise<void>
  createJob(job: V1Job): Promise<V1Job>
  job(name: string): Promise<V1Job | undefined>
  jobs(labelSelector: string): Promise<readonly V1Job[]>
  /** The pods go as well, a moment later, by the cluster's own doing. */
  deleteJob(name: string): Promise<void>
  pods(labelSelector: string): Promise<readonly V1Pod[]>
  deletePod(name: string, graceSeconds: number): Promise<void>
  /** Each tells what there is and then each change, until the signal. */
  observeJobs(labelSelector: string, changed: (change: Change<V1Job>) => void, signal: AbortSignal): Promise<void>
  observePods(labelSelector: string, changed: (change: Change<V1Pod>) => void, signal: AbortSignal): Promise<void>
  observeEvents(name: string, changed: (change: Change<CoreV1Event>) => void, signal: AbortSignal): Promise<void>
  /** What the cluster has said about one object, by its name, up to now. */
  events(name: string): Promise<readonly CoreV1Event[]>
  /** What a container printed, from its first byte on; ends with the container, or at the limit. */
  log(pod: string, container: string, limitBytes: number, follow: boolean, signal: AbortSignal): Promise<IncomingMessage>
}

export interface Clients {
  readonly namespace: string
  readonly batch: BatchV1Api
  readonly core: CoreV1Api
  stream(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IncomingMessage>
}

const pingMayTakeMs = 10_000

export function calls({ namespace, batch, core, stream }: Clients): Cluster {
  const open = (path: string) => (query: Readonly<Record<string, string>>, signal: AbortSignal) => stream(path, query, signal)
  const jobsPath = `/apis/batch/v1/namespaces/${namespace}/jobs`
  const podsPath = `/api/v1/namespaces/${namespace}/pods`
  const eventsPath = `/api/v1/namespaces/${namespace}/events`
  return {
    namespace,
    async ping() {
      const answer = await stream('/version', {}, AbortSignal.timeout(pingMayTakeMs))
      answer.resume()
    },
    createJob: (body) => asked(batch.createNamespacedJob({ namespace, body })),
    job: (name) => unlessMissing(batch.readNamespacedJob({ namespace, name })),
    jobs: async (labelSelector) => (await asked(batch.listNamespacedJob({ namespace, labelSelector }))).items,
    deleteJob: async (name) => void (await unlessMissing(batch.deleteNamespacedJob({ namespace, name, propagationPolicy: 'Background' }))),
    pods: async (labelSelector) => (await asked(core.listNamespacedPod({ namespace, labelSelector }))).items,
    deletePod: async (name, gracePeriodSeconds) =>
      void (await unlessMissing(core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds }))),
    observeJobs: (labelSelector, changed, signal) => observe<V1Job>(open(jobsPath), { labelSelector }, changed, signal),
    observePods: (labelSelector, changed, signal) => observe<V1Pod>(open(podsPath), { labelSelector }, changed, signal),
    observeEvents: (name, changed, signal) =>
      observe<CoreV1Event>(open(eventsPath), { fieldSelector: `involvedObject.name=${name}` }, changed, signal),
    events: async (name) => (await asked(core.listNamespacedEvent({ namespace, fieldSelector: `involvedObject.name=${name}` }))).items,
    log: (pod, container, limitBytes, follow, signal) =>
      stream(`${podsPath}/${pod}/log`, { container, limitBytes: String(limitBytes), follow: String(follow) }, signal),
  }
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ClusterFault) throw error
    throw error instanceof ApiException ? faultOfAnswer(error.code, error.body) : faultOfConnection(error)
  }
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await asked(answer)
  } catch (error) {
    if (isFault(error, 404)) return undefined
    throw error
  }
}
