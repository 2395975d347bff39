import type { V1Job } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import type { RunJob } from '@strata/domain/run'
import { parseDigest, parseHookName } from '@strata/domain/shared'
import { unlikeOurs } from './adopt.ts'
import { jobSpec } from './job-spec.ts'

const runtime = {
  type: 'oci',
  image: 'registry.example.org/group/hook:1.2',
  digest: parseDigest(`sha256:${'a'.repeat(64)}`),
  config: {},
  limits: { timeoutSeconds: 20, memory: '64Mi', cpu: '1' },
} as const
const job = {
  runId: '0197b0a4-5d5a-7000-8000-0123456789ab',
  attempt: 1,
  program: { kind: 'hook', name: parseHookName('test_hook') },
  memoryBytes: 64 * 2 ** 20,
  cpuMillis: 500,
  timeoutSeconds: 20,
} as RunJob
const paths = { input: 'runs/ab/1/in', files: 'runs/ab/1/files', output: 'runs/ab/1/out' }
const plan = { node: 'localhost', namespace: 'strata', claim: 'strata-runs', paths, pullSecret: undefined, startSeconds: 600 }
const ours = jobSpec(job, runtime, plan)

/** As a cluster gives it back: with defaults filled in, and without what is empty. */
function asStored(job: V1Job, change: (stored: V1Job) => void = () => undefined): V1Job {
  const stored: V1Job = structuredClone(job)
  stored.metadata!.uid = 'u'
  stored.spec!.template.spec!.schedulerName = 'default-scheduler'
  for (const variable of stored.spec!.template.spec!.containers[0]!.env ?? []) if (variable.value === '') delete variable.value
  change(stored)
  return stored
}

test('the Job of this very attempt, whose answer was lost, is ours', () => {
  expect(unlikeOurs(ours, asStored(ours))).toBeUndefined()
})

test.each<[what: string, change: (stored: V1Job) => void, why: string]>([
  ['another run', (stored) => (stored.metadata!.labels!['strata.run'] = 'other'), 'label strata.run'],
  ['another attempt', (stored) => (stored.metadata!.labels!['strata.attempt'] = '2'), 'label strata.attempt'],
  ['no labels at all', (stored) => delete stored.metadata!.labels, 'label'],
  [
    'another archive, whose long name has the same label',
    (stored) => (stored.metadata!.annotations!['strata.node'] = 'other'),
    'annotation strata.node',
  ],
  ['another specification, by its own word', (stored) => (stored.metadata!.annotations!['strata.spec'] = '0'), 'annotation strata.spec'],
  [
    'another image, whatever it says of itself',
    (stored) => (stored.spec!.template.spec!.containers[0]!.image = 'other@sha256:0'),
    'containers[0].image',
  ],
  [
    'another batch’s input',
    (stored) => (stored.spec!.template.spec!.containers[0]!.volumeMounts![0]!.subPath = 'runs/cd/2/in'),
    'volumeMounts[0].subPath',
  ],
  ['another container beside', (stored) => void stored.spec!.template.spec!.containers.push({ name: 'sidecar' }), 'containers'],
  ['one that may be tried again', (stored) => (stored.spec!.backoffLimit = 6), 'backoffLimit'],
  ['one that is on its way out', (stored) => (stored.metadata!.deletionTimestamp = new Date()), 'being removed'],
])('a Job of %s is not', (_, change, why) => {
  expect(unlikeOurs(ours, asStored(ours, change))).toContain(why)
})

test('the same attempt in other directories is another Job', () => {
  const elsewhere = jobSpec(job, runtime, { ...plan, paths: { ...paths, output: 'runs/ab/2/out' } })
  expect(elsewhere.metadata?.name).toBe(ours.metadata?.name)
  expect(unlikeOurs(ours, asStored(elsewhere))).toBe('its annotation strata.spec is another')
})

test('what is asked for names an image by digest alone, and takes all away that a hook may not have', () => {
  const pod = ours.spec!.template.spec!
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 2,
  })
  expect(ours.spec).toMatchObject({ backoffLimit: 0, completions: 1, parallelism: 1, activeDeadlineSeconds: 680 })
  expect(ours.spec!.ttlSecondsAfterFinished).toBeUndefined()
  expect(pod.containers[0]).toMatchObject({
    image: `registry.example.org/group/hook@${runtime.digest}`,
    resources: { requests: { cpu: '500m', memory: '64Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  })
  expect(pod.volumes).toContainEqual({ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '32Mi' } })
})

test('an ingester may write its files as well, and carries the label by which a policy denies the network', () => {
  const program = { kind: 'ingester', name: parseHookName('test_ingester'), limit: 5 } as const
  const spec = jobSpec({ ...job, program }, runtime, plan)
  const pod = spec.spec!.template
  const mounts = (template: typeof pod) =>
    Object.fromEntries(template.spec!.containers[0]!.volumeMounts!.map(({ mountPath, readOnly = false }) => [mountPath, readOnly]))
  expect(mounts(ours.spec!.template)).toEqual({ '/osa/in': true, '/osa/files': true, '/osa/out': false, '/tmp': false })
  expect(mounts(pod)).toEqual({ '/osa/in': true, '/osa/files': false, '/osa/out': false, '/tmp': false })
  expect(pod.metadata!.labels).toMatchObject({ 'app.kubernetes.io/name': 'strata-hook', 'strata.kind': 'ingester' })
  expect(ours.spec!.template.metadata!.labels).toMatchObject({ 'app.kubernetes.io/name': 'strata-hook', 'strata.kind': 'hook' })
  expect(unlikeOurs(ours, asStored(spec))).toBe('its label strata.kind is ingester instead of hook')
})
