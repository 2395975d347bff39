import { describe, expect, test } from 'vitest'
import type { PodFacts } from './facts.ts'
import { failureOfEnd, failureOfForbidden, hasStarted, isOver, whyHopeless, type EndFacts, type Stop } from './failure.ts'

const digest = `sha256:${'a'.repeat(64)}`
const limits = { kind: 'hook', memoryBytes: 64 * 2 ** 20, timeoutSeconds: 20, startSeconds: 600, digest } as const

const pod = (more: Partial<PodFacts> = {}): PodFacts => ({
  name: 'strata-x-1-abcde',
  node: 'node-7',
  deleted: false,
  gone: false,
  failed: undefined,
  unschedulable: undefined,
  disruption: undefined,
  waiting: undefined,
  running: false,
  ended: undefined,
  imageId: `registry.example.org/hook@${digest}`,
  ...more,
})
const ended = (exitCode: number, reason = exitCode === 0 ? 'Completed' : 'Error', message = '') => ({
  ended: { exitCode, signal: undefined, reason, message },
})
const waits = (reason: string, message = '') => pod({ waiting: { reason, message }, imageId: '' })
const facts = (more: Partial<EndFacts> = {}): EndFacts => ({
  job: { gone: false, failed: undefined },
  pod: pod(),
  hasRun: true,
  podsSeen: 1,
  warnings: [],
  stop: undefined,
  excess: undefined,
  log: '',
  ...more,
})
const stopped = (because: 'cancelled' | 'timeout' | 'start'): { stop: Stop } => ({ stop: { because } })
const forbidden = {
  reason: 'FailedCreate',
  message: 'Error creating: pods "x-" is forbidden: exceeded quota: hooks, requested: pods=1, used: pods=4, limited: pods=4',
}

describe('what the end of an attempt says', () => {
  test.each<[told: string, seen: Partial<EndFacts>, kind: string | undefined, words?: RegExp]>([
    ['the hook was content', { pod: pod(ended(0)) }, undefined],
    ['the hook was not', { pod: pod(ended(3)), log: 'no atoms\n' }, 'HOOK_EXIT', /exited with 3; its last words: no atoms/],
    ['an exit with 137 alone is no want of memory', { pod: pod(ended(137)) }, 'HOOK_EXIT', /SIGKILL/],
    ['out of memory', { pod: pod(ended(137, 'OOMKilled')) }, 'OOM', /64 MiB/],
    ['a part was out of memory, and the rest was content', { pod: pod(ended(0, 'OOMKilled')) }, 'OOM'],
    ['out of memory, and waited for what was killed', { pod: pod(ended(137, 'OOMKilled')), ...stopped('timeout') }, 'OOM'],
    [
      '/tmp was full',
      { pod: pod({ failed: { reason: 'Evicted', message: 'Usage of EmptyDir volume "tmp" exceeds the limit "32Mi".' } }) },
      'OOM',
    ],
    ['too late', { pod: pod(ended(137)), ...stopped('timeout') }, 'TIMEOUT', /20 s/],
    [
      'too late, and no worker was there to see it',
      {
        pod: pod({ ...ended(137), deleted: true }),
        job: { gone: false, failed: { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' } },
      },
      'TIMEOUT',
    ],
    [
      'the time was up before it started',
      {
        pod: undefined,
        job: { gone: false, failed: { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' } },
      },
      'RUNTIME',
      /DeadlineExceeded/,
    ],
    ['cancelled', { pod: pod(ended(137)), ...stopped('cancelled') }, 'CANCELLED'],
    ['cancelled while its image could not be pulled', { pod: waits('ErrImagePull'), ...stopped('cancelled') }, 'CANCELLED'],
    [
      'it wrote too much',
      { pod: pod(ended(137)), stop: { because: 'output', excess: 'The hook wrote more than 9 bytes.' } },
      'INVALID_OUTPUT',
      /9 bytes/,
    ],
    ['it had written too much when it was content', { pod: pod(ended(0)), excess: 'The hook wrote more than 9 bytes.' }, 'INVALID_OUTPUT'],
    [
      'no image',
      { pod: waits('ErrImagePull', 'rpc error: code = NotFound desc = failed to pull: not found') },
      'IMAGE_PULL',
      /registry has no image sha256/,
    ],
    ['no image, again', { pod: waits('ImagePullBackOff', 'Back-off pulling image "x"') }, 'IMAGE_PULL'],
    ['no registry', { pod: waits('ErrImagePull', 'dial tcp 10.0.0.1:5000: connect: connection refused') }, 'UPSTREAM'],
    ['no name of an image', { pod: waits('InvalidImageName', "couldn't parse image reference") }, 'IMAGE_PULL'],
    [
      'another image than was asked for',
      { pod: pod({ running: true, imageId: `x@sha256:${'b'.repeat(64)}` }) },
      'IMAGE_PULL',
      /another image when asked for sha256:aaaa/,
    ],
    ['an image without a digest', { pod: pod({ ...ended(0), imageId: 'docker://sha256:1234' }) }, 'IMAGE_PULL'],
    [
      'a container that cannot be as asked',
      { pod: waits('CreateContainerConfigError', 'secret "x" not found') },
      'CONFIG',
      /cannot make the container/,
    ],
    ['an image without a program', { pod: waits('CreateContainerError', 'failed to generate spec: no command specified') }, 'CONFIG'],
    [
      'a program that is not there',
      { pod: pod(ended(128, 'StartError', 'exec: "/bin/missing": stat /bin/missing: no such file or directory')) },
      'CONFIG',
      /program could not be started/,
    ],
    [
      'a runtime that cannot start anything',
      { pod: pod(ended(128, 'StartError', 'failed to create shim task: disk quota exceeded')) },
      'RUNTIME',
    ],
    ['quota', { pod: undefined, podsSeen: 0, warnings: [forbidden] }, 'PERMISSION', /quota is used up.*STRATA_RUN_CONCURRENCY/],
    [
      'admission',
      {
        pod: undefined,
        podsSeen: 0,
        warnings: [{ reason: 'FailedCreate', message: 'pods "x" is forbidden: violates PodSecurity "restricted:latest"' }],
      },
      'PERMISSION',
      /restricted/,
    ],
    [
      'evicted',
      { pod: pod({ failed: { reason: 'Evicted', message: 'The node was low on resource: memory.' } }) },
      'RUNTIME',
      /ended the hook \(Evicted\)/,
    ],
    [
      'node lost',
      { pod: pod({ deleted: true, failed: { reason: 'NodeLost', message: 'Node node-7 which was running pod x is unresponsive' } }) },
      'RUNTIME',
    ],
    [
      'node shut down',
      { pod: pod({ ...ended(0), failed: { reason: 'Terminated', message: 'Pod was terminated in response to imminent node shutdown.' } }) },
      'RUNTIME',
    ],
    [
      'preempted',
      { pod: pod({ ...ended(143), deleted: true, disruption: 'default-scheduler: preempting to accommodate a higher priority pod' }) },
      'RUNTIME',
      /took its place away/,
    ],
    ['deleted by somebody', { pod: pod({ ...ended(143), deleted: true }) }, 'RUNTIME', /removed before its result was taken/],
    ['deleted, and ended with 0 half done', { pod: pod({ ...ended(0), deleted: true }) }, 'RUNTIME'],
    ['vanished', { pod: pod({ running: true, deleted: true, gone: true }) }, 'RUNTIME'],
    [
      'its state is not known',
      { pod: pod(ended(137, 'ContainerStatusUnknown', 'The container could not be located when the pod was terminated')) },
      'RUNTIME',
      /lost sight/,
    ],
    ['the Job was deleted', { job: { gone: true, failed: undefined }, pod: pod({ running: true }) }, 'RUNTIME', /Job.*deleted/],
    ['started twice', { podsSeen: 2, pod: pod(ended(0)) }, 'RUNTIME', /second time/],
    [
      'nowhere to run',
      { pod: pod({ unschedulable: '0/3 nodes are available: 3 Insufficient memory.', node: undefined, imageId: '' }), ...stopped('start') },
      'RUNTIME',
      /600 s: no node takes it, for want of memory\.$/,
    ],
    [
      'no volume',
      {
        pod: waits('ContainerCreating'),
        warnings: [{ reason: 'FailedMount', message: 'Unable to attach or mount volumes: timed out' }],
        ...stopped('start'),
      },
      'RUNTIME',
      /its pod waits \(FailedMount\)/,
    ],
    ['nothing happened', { pod: undefined, podsSeen: 0, ...stopped('start') }, 'RUNTIME', /made no pod/],
    [
      'nothing could be seen',
      { pod: pod({ running: true }), stop: { because: 'silence', fault: 'connect ECONNREFUSED' } },
      'RUNTIME',
      /could not be asked/,
    ],
  ])('%s', (_, seen, kind, words) => {
    const { failure } = failureOfEnd(facts(seen), limits) ?? {}
    expect(failure?.kind).toBe(kind)
    if (words !== undefined) expect(failure?.message).toMatch(words)
  })
})

test('the failure has no text of the cluster, a node or a registry; the log has it', () => {
  const secret = 'HIDDEN of 10.1.2.3 in /var/lib/x'
  const everywhere: Partial<EndFacts>[] = [
    ...['InvalidImageName', 'ErrImagePull', 'ImagePullBackOff', 'ImageInspectError', 'CreateContainerConfigError'].map((reason) => ({
      pod: waits(reason, secret),
    })),
    { pod: waits('CreateContainerError', `no command specified ${secret}`) },
    { pod: pod(ended(128, 'StartError', secret)) },
    { pod: pod({ failed: { reason: secret, message: secret } }) },
    { pod: pod({ ...ended(143), deleted: true, disruption: secret }) },
    { pod: pod({ running: true, imageId: secret }) },
    { pod: undefined, job: { gone: false, failed: { reason: secret, message: secret } } },
    { pod: undefined, podsSeen: 0, warnings: [{ reason: 'FailedCreate', message: `forbidden: ${secret}` }] },
    { pod: pod({ unschedulable: secret }), ...stopped('start') },
    { pod: waits('ContainerCreating'), warnings: [{ reason: secret, message: secret }], ...stopped('start') },
    { pod: pod({ running: true }), stop: { because: 'silence', fault: secret } },
  ]
  for (const seen of everywhere) {
    const found = failureOfEnd(facts(seen), limits)
    expect(found?.failure.message).not.toMatch(/HIDDEN|10\.1|\/var|node-7/)
    expect(found?.detail).toContain('HIDDEN')
  }
})

test('one waits as long as there is hope', () => {
  for (const reason of ['ContainerCreating', 'PodInitializing', 'CreateContainerError'])
    expect(whyHopeless(facts({ pod: waits(reason, 'context deadline exceeded') }), digest, 'hook')).toBeUndefined()
  expect(
    whyHopeless(
      facts({ pod: undefined, podsSeen: 0, warnings: [{ reason: 'FailedCreate', message: 'Internal error occurred' }] }),
      digest,
      'hook',
    ),
  ).toBeUndefined()
  // A quota that let no pod in at first did so later.
  expect(whyHopeless(facts({ warnings: [forbidden] }), digest, 'hook')).toBeUndefined()
})

test('a container that could not start has not run its program', () => {
  expect(hasStarted(pod(ended(128, 'StartError')))).toBe(false)
  expect(hasStarted(pod(ended(0)))).toBe(true)
  expect(hasStarted(pod({ running: true }))).toBe(true)
  expect(hasStarted(undefined)).toBe(false)
})

test('it is over when nothing more will be heard of it', () => {
  expect(isOver(facts({ pod: pod({ running: true }) }))).toBe(false)
  expect(isOver(facts({ pod: pod({ running: true, deleted: true }) }))).toBe(false)
  expect(isOver(facts({ pod: pod(ended(0)) }))).toBe(true)
  expect(isOver(facts({ job: { gone: true, failed: undefined }, pod: undefined }))).toBe(true)
})

test('who is refused is told what to do', () => {
  expect(failureOfForbidden('jobs.batch is forbidden: User "x" cannot create resource "jobs"')).toMatchObject({
    failure: { kind: 'PERMISSION', message: expect.stringContaining('access.yaml') },
  })
})
