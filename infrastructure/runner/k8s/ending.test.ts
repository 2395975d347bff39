import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { mebi } from '../../../test/support/hook-job.ts'
import { openK8sBench, type K8sBench } from '../../../test/support/kubernetes/bench.ts'
import { namespace } from '../../../test/support/kubernetes/cluster.ts'
import { isKubernetesInstalled } from '../../../test/support/kubernetes/installed.ts'
import { startBreakingProxy, type BreakingProxy } from '../../../test/support/kubernetes/breaking-proxy.ts'
import { jobName } from './names.ts'

describe.skipIf(!isKubernetesInstalled())('a Job', () => {
  let bench: K8sBench
  let proxy: BreakingProxy
  beforeAll(async () => {
    bench = await openK8sBench()
    proxy = await startBreakingProxy(bench.cluster.plane)
  })
  afterAll(async () => {
    const left = await bench.leftovers()
    await proxy[Symbol.asyncDispose]()
    await bench[Symbol.asyncDispose]()
    expect(left).toEqual([])
  })

  const shell = async (script: string, more?: Parameters<K8sBench['job']>[1]) => bench.run(await bench.images.shell(script), more)
  const control = () => ({ signal: new AbortController().signal })
  const throughProxy = async () => bench.runnerWith({ kubeconfig: await bench.cluster.workerConfigAt(proxy.server, 'proxy') })

  describe('ends', () => {
    test('with what held it in its provenance, and the image that really ran', async () => {
      const image = await bench.images.shell('id -u; grep -E "CapEff|NoNewPrivs|Seccomp:" /proc/self/status; ls /sys/class/net')
      const done = await bench.run(image)
      expect(done.failure).toBeUndefined()
      expect(done.text).toBe('65534\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\nlo\n')
      expect(done.artifact).toEqual({ type: 'oci', image: image.image, digest: image.digest })
      expect(done.isolation).toEqual(
        expect.arrayContaining([
          'pod',
          'user 65534',
          'no capabilities',
          'seccomp',
          'no service account',
          'no network, by the cluster’s policy',
        ]),
      )
      const unsure = await bench.run(image, {}, control(), bench.runnerWith({ networkDenied: false }))
      expect(unsure.isolation).toContain('network as the cluster leaves it')
    })

    test('out of memory, as its container’s state says, and twice the memory is enough', async () => {
      const image = await bench.images.shell('exec dd if=/dev/zero of=/dev/null bs=100M count=1 2>/dev/null')
      const first = await bench.run(image, { memoryBytes: 64 * mebi })
      expect(first).toMatchObject({ oomKilled: true, failure: { kind: 'OOM' } })
      const second = await bench.run(image, { ...first.job, attempt: 2, memoryBytes: 128 * mebi })
      expect(second).toMatchObject({ exitCode: 0, oomKilled: false })
    })

    test('late, and may say a last word', async () => {
      const done = await shell('trap "echo bye; exit 0" TERM; echo up; sleep 60 & wait', { timeoutSeconds: 2 })
      expect(done).toMatchObject({ timedOut: true, failure: { kind: 'TIMEOUT' } })
      expect(done.text).toBe('up\nbye\n')
    })

    test('as CONFIG when its image has no program, or one that is not there', async () => {
      expect((await bench.run(await bench.images.withoutProgram())).failure).toMatchObject({
        kind: 'CONFIG',
        message: expect.stringContaining('program could not be started'),
      })
      const missing = await bench.run(await bench.images.push({ Cmd: ['/bin/missing'] }))
      expect(missing).toMatchObject({
        failure: { kind: 'CONFIG', message: expect.stringContaining('program could not be started') },
        detail: expect.stringContaining('/bin/missing'),
      })
      expect(missing.artifact).toBeUndefined()
    })

    test('as IMAGE_PULL when the registry has no such digest, and as UPSTREAM when there is no registry', async () => {
      const image = await bench.images.shell('true')
      const digest = await bench.images.local({ Cmd: ['true'] }, 'nowhere:1')
      expect((await bench.run({ ...image, digest })).failure).toMatchObject({
        kind: 'IMAGE_PULL',
        message: expect.stringContaining('The registry has no image'),
      })
      expect((await bench.run({ image: '127.0.0.1:1/hook', digest })).failure?.kind).toBe('UPSTREAM')
    })

    test('as RUNTIME with the scheduler’s sentence when no node takes it', async () => {
      const done = await bench.run(
        await bench.images.shell('true'),
        { memoryBytes: 2 ** 44 },
        control(),
        bench.runnerWith({ startSeconds: 3 }),
      )
      expect(done.failure).toMatchObject({
        kind: 'RUNTIME',
        message: expect.stringMatching(/did not start within 3 s: no node takes it, for want of memory/),
      })
    })

    test('as RUNTIME when somebody deletes its pod, even if it says 0, and does not start again', async () => {
      const image = await bench.images.shell('trap "exit 0" TERM; echo up; sleep 30 & wait')
      const onLog = async () => {
        const { items } = await bench.cluster.core.listNamespacedPod({ namespace })
        for (const { metadata } of items) await bench.cluster.core.deleteNamespacedPod({ namespace, name: metadata?.name ?? '' })
      }
      const done = await bench.run(image, {}, { ...control(), onLog: () => void onLog() })
      expect(done.failure).toMatchObject({ kind: 'RUNTIME', message: expect.stringContaining('removed before its result was taken') })
      expect(await bench.leftovers()).toEqual([])
    })

    test('as RUNTIME when somebody deletes the Job', async () => {
      const image = await bench.images.shell('echo up; sleep 30')
      const job = await bench.job(image)
      const name = jobName('test', job)
      const onLog = () => void bench.cluster.batch.deleteNamespacedJob({ namespace, name, propagationPolicy: 'Background' })
      expect((await bench.run(image, job, { ...control(), onLog })).failure?.kind).toBe('RUNTIME')
    })

    test('as RUNTIME when the cluster cannot be asked', async () => {
      const kubeconfig = await bench.cluster.workerConfigAt(`https://127.0.0.1:${await freePort()}`, 'nowhere')
      const done = await bench.run(await bench.images.shell('true'), {}, control(), bench.runnerWith({ kubeconfig }))
      expect(done).toMatchObject({
        runnerAway: true,
        failure: { kind: 'RUNTIME', message: 'The cluster could not be asked.' },
        detail: expect.stringContaining('ECONNREFUSED'),
      })
      expect(await bench.runnerWith({ kubeconfig }).absence?.()).toContain('does not answer')
      expect(await bench.runner.absence?.()).toBeUndefined()
    })
  })

  describe('is seen to its end, whatever breaks on the way:', () => {
    test('watches that close', async () => {
      const image = await bench.images.shell('for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done; exit 4')
      const breaking = setInterval(() => proxy.breakAll(), 400)
      const done = await bench.run(image, {}, control(), await throughProxy()).finally(() => clearInterval(breaking))
      expect(done).toMatchObject({ exitCode: 4, failure: { kind: 'HOOK_EXIT' }, log: { truncated: false } })
      expect(done.text).toBe('1\n2\n3\n4\n5\n6\n')
    })

    test('a watch whose place the server has forgotten', async () => {
      let forgotten = 0
      proxy.mishap = (what) =>
        what.includes('/pods?') && what.includes('watch=true') && (forgotten += 1) <= 3 ? { gone: true } : undefined
      const done = await bench.run(await bench.images.shell('echo up; sleep 1; exit 5'), {}, control(), await throughProxy())
      proxy.mishap = () => undefined
      expect(forgotten).toBeGreaterThan(3)
      expect(done).toMatchObject({ exitCode: 5, failure: { kind: 'HOOK_EXIT' } })
    })

    test('a log that breaks in the middle of a line, again and again', async () => {
      const image = await bench.images.shell(
        'i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; head -c 40000 /dev/zero | tr "\\0" x; echo; sleep 4; echo end',
      )
      let logs = 0
      proxy.mishap = (what) =>
        what.includes('/log?') && what.includes('follow=true') && (logs += 1) < 4 ? { cutAfter: 10_000 * logs + 3 } : undefined
      const live: Uint8Array[] = []
      const done = await bench.run(
        image,
        { maxLogBytes: 2 ** 20 },
        { ...control(), onLog: (chunk) => live.push(chunk) },
        await throughProxy(),
      )
      proxy.mishap = () => undefined
      expect(logs).toBeGreaterThanOrEqual(3)
      expect(done.text).toBe(`${Array.from({ length: 3000 }, (_, i) => `line ${i}\n`).join('')}${'x'.repeat(40_000)}\nend\n`)
      expect(Buffer.concat(live).toString()).toBe(done.text)
      expect(done.log.truncated).toBe(false)
    })

    test('the answer to its making, so that it is adopted and not made twice', async () => {
      const before = proxy.seen.length
      proxy.mishap = (what) =>
        what.startsWith('POST') && !proxy.seen.slice(before, -1).some((other) => other.startsWith('POST')) ? { lose: true } : undefined
      const done = await bench.run(await bench.images.shell('echo once >> $OSA_OUT/count; sleep 1'), {}, control(), await throughProxy())
      proxy.mishap = () => undefined
      expect(proxy.seen.slice(before).filter((what) => what.startsWith('POST'))).toHaveLength(2)
      expect(done.failure).toBeUndefined()
      expect(await done.wrote('count')).toBe('once\n')
    })
  })

  describe('of another batch under the same name', () => {
    test('is not taken for this attempt, and not touched', async () => {
      const image = await bench.images.shell('true')
      const job = await bench.job(image)
      const name = jobName('test', job)
      const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'hook', image: 'other' }], nodeSelector: { none: 'such' } } }
      await bench.cluster.batch.createNamespacedJob({ namespace, body: { metadata: { name }, spec: { template } } })
      const done = await bench.run(image, job)
      expect(done.failure).toMatchObject({
        kind: 'RUNTIME',
        message: expect.stringContaining(`kubectl --namespace ${namespace} delete job ${name}`),
      })
      expect((await bench.cluster.batch.readNamespacedJob({ namespace, name })).metadata?.deletionTimestamp).toBeUndefined()
      await bench.cluster.batch.deleteNamespacedJob({ namespace, name, propagationPolicy: 'Background' })
    })
  })

  describe('has no time to live:', () => {
    test('it is there until its results were taken, and gone then', async () => {
      const job = await bench.job(await bench.images.shell('echo up'))
      const name = jobName('test', job)
      let ttl: number | undefined = -1
      const onLog = async () => {
        ttl = (await bench.cluster.batch.readNamespacedJob({ namespace, name })).spec?.ttlSecondsAfterFinished
      }
      await bench.runner.run(job, { ...control(), onLog: () => void onLog() })
      expect(ttl).toBeUndefined()
      await expect(bench.cluster.batch.readNamespacedJob({ namespace, name })).rejects.toMatchObject({ code: 404 })
    })
  })

  describe('is refused', () => {
    test('to a worker that has no Role, with what to give it', async () => {
      await bench.cluster.core.createNamespacedServiceAccount({ namespace, body: { metadata: { name: 'nobody' } } })
      const made = await bench.cluster.core.createNamespacedServiceAccountToken({
        namespace,
        name: 'nobody',
        body: { spec: { audiences: ['https://test'], expirationSeconds: 3600 } },
      })
      const kubeconfig = await bench.cluster.plane.configFor({ token: made.status?.token ?? '', name: 'nobody' })
      const done = await bench.run(await bench.images.shell('true'), {}, control(), bench.runnerWith({ kubeconfig }))
      expect(done.failure).toMatchObject({ kind: 'PERMISSION', message: expect.stringMatching(/may not do what it must.*access\.yaml/) })
    })

    test('by a namespace that is not there, and by a token that nobody knows', async () => {
      const elsewhere = await bench.run(
        await bench.images.shell('true'),
        {},
        control(),
        bench.runnerWith({ namespace: 'elsewhere', kubeconfig: bench.cluster.plane.adminConfig }),
      )
      expect(elsewhere.failure).toMatchObject({ kind: 'CONFIG', message: expect.stringContaining('STRATA_K8S_NAMESPACE') })
      const kubeconfig = await bench.cluster.plane.configFor({ token: 'made-up', name: 'unknown' })
      const unknown = await bench.run(await bench.images.shell('true'), {}, control(), bench.runnerWith({ kubeconfig }))
      expect(unknown.failure?.kind).toBe('PERMISSION')
    })

    test('by a quota, on its pod', async () => {
      const body = { metadata: { name: 'none' }, spec: { hard: { pods: '0' } } }
      await bench.cluster.core.createNamespacedResourceQuota({ namespace, body })
      const done = await bench.run(await bench.images.shell('true'))
      await bench.cluster.core.deleteNamespacedResourceQuota({ namespace, name: 'none' })
      expect(done.failure).toMatchObject({ kind: 'PERMISSION', message: expect.stringMatching(/quota is used up.*STRATA_RUN_CONCURRENCY/) })
    })

    test('when its directories are not in the volume', async () => {
      const done = await bench.run(
        await bench.images.shell('true'),
        {},
        control(),
        bench.runnerWith({ volume: { claim: 'strata-runs', path: '/srv' } }),
      )
      expect(done.failure).toMatchObject({ kind: 'CONFIG', message: expect.stringContaining('STRATA_K8S_VOLUME_PATH') })
    })
  })
})
