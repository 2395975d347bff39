import type { V1Job, V1PodSpec } from '@kubernetes/client-node'
import type { OciRuntime } from '@strata/domain/registry'
import { programContracts, programUser, type RunJob } from '@strata/domain/run'
import { createHash } from 'node:crypto'
import { byDigest, environmentOf, graceSeconds, inside, labels, scratchBytes } from '../shared/container-contract.ts'
import { attemptLabels, jobName } from './names.ts'
import type { SubPaths } from './volume.ts'

export const programContainer = 'program'
export const annotations = { spec: 'strata.spec', run: 'strata.run', node: 'strata.node' } as const

export interface JobPlan {
  readonly node: string
  readonly namespace: string
  readonly claim: string
  readonly paths: SubPaths
  readonly pullSecret: string | undefined
  /** How long it may take until the program starts: a place on a node, its image. */
  readonly startSeconds: number
  readonly seccompProfile?: string | undefined
}

/** What the worker needs after a program's time is up, before the cluster ends the Job by itself: only when no worker is there. */
const workersMarginSeconds = 60

/** What the cluster is asked for: all that a program may never have is taken away here. Only what every cluster since 1.19 has. */
export function jobSpec(job: RunJob, runtime: Pick<OciRuntime, 'image' | 'digest'>, plan: JobPlan): V1Job {
  const own = { ...attemptLabels(plan.node, job), [labels.kind]: job.program.kind }
  const spec = {
    completions: 1,
    parallelism: 1,
    backoffLimit: 0,
    activeDeadlineSeconds: plan.startSeconds + job.timeoutSeconds + workersMarginSeconds,
    // No ttlSecondsAfterFinished: the worker deletes the Job after it has read the results, so a clock cannot delete it before.
    template: {
      metadata: { labels: own, annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } },
      spec: podSpec(job, runtime, plan),
    },
  }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(plan.node, job),
      namespace: plan.namespace,
      labels: own,
      annotations: { [annotations.node]: plan.node, [annotations.run]: job.runId, [annotations.spec]: digestOf(spec) },
    },
    spec,
  }
}

function podSpec(
  job: RunJob,
  runtime: Pick<OciRuntime, 'image' | 'digest'>,
  { claim, paths, pullSecret, seccompProfile: localhostProfile }: JobPlan,
): V1PodSpec {
  const { writable } = programContracts[job.program.kind]
  const memory = binary(job.memoryBytes)
  const seccompProfile = localhostProfile === undefined ? { type: 'RuntimeDefault' } : { type: 'Localhost', localhostProfile }
  const amounts = { cpu: cores(job.cpuMillis), memory }
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: graceSeconds,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    hostname: job.program.kind,
    // The cluster's pause process is the first one, and reaps what a program leaves; a program that is the first one hears no SIGTERM.
    shareProcessNamespace: true,
    // A program has nothing to look up, and the cluster's own names are none of its business.
    dnsPolicy: 'None',
    dnsConfig: { nameservers: ['127.0.0.1'] },
    securityContext: { runAsNonRoot: true, runAsUser: programUser, runAsGroup: programUser, seccompProfile },
    ...(pullSecret !== undefined && { imagePullSecrets: [{ name: pullSecret }] }),
    containers: [
      {
        name: programContainer,
        image: byDigest(runtime),
        // A digest is the same on every node and for ever.
        imagePullPolicy: 'IfNotPresent',
        env: [
          ...Object.entries(environmentOf(job)).map(([name, value]) => ({ name, value })),
          ...clustersOwn.map((name) => ({ name, value: '' })),
        ],
        resources: { requests: amounts, limits: amounts },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: programUser,
          runAsGroup: programUser,
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          privileged: false,
          capabilities: { drop: ['ALL'] },
          seccompProfile,
        },
        volumeMounts: [
          ...(['input', 'files', 'output'] as const).map((which) => ({
            name: 'work',
            mountPath: inside[which],
            subPath: paths[which],
            ...(!writable.includes(which) && { readOnly: true }),
          })),
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'work', persistentVolumeClaim: { claimName: claim } },
      { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: binary(scratchBytes(job)) } },
    ],
  }
}

/** A cluster tells every container where its API is, whatever is asked; the names stay, but they say nothing. */
const clustersOwn = [
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'KUBERNETES_SERVICE_PORT_HTTPS',
  'KUBERNETES_PORT',
  'KUBERNETES_PORT_443_TCP',
  'KUBERNETES_PORT_443_TCP_PROTO',
  'KUBERNETES_PORT_443_TCP_PORT',
  'KUBERNETES_PORT_443_TCP_ADDR',
]

/** Amounts as the cluster itself writes them, so that what it gives back can be compared. */
function binary(bytes: number): string {
  const kibi = Math.ceil(bytes / 1024)
  if (kibi % 2 ** 20 === 0) return `${kibi / 2 ** 20}Gi`
  return kibi % 2 ** 10 === 0 ? `${kibi / 2 ** 10}Mi` : `${kibi}Ki`
}

function cores(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`
}

function digestOf(spec: object): string {
  return createHash('sha256').update(JSON.stringify(spec)).digest('hex')
}
