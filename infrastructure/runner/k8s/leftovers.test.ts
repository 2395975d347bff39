import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunJob } from '@strata/domain/run'
import { openK8sBench, type K8sBench } from '../../../test/support/kubernetes/bench.ts'
import { apply, claim, manifestFiles, namespace } from '../../../test/support/kubernetes/cluster.ts'
import { isKubernetesInstalled } from '../../../test/support/kubernetes/installed.ts'

const workerProgram = join(import.meta.dirname, '../../../test/support/kubernetes/run-one-job.ts')

describe.skipIf(!isKubernetesInstalled())('in a cluster', () => {
  let bench: K8sBench
  beforeAll(async () => {
    bench = await openK8sBench()
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  test(
    'what a dead worker left is removed, and only that: neither what is live nor what belongs to another archive',
    { timeout: 120_000 },
    async () => {
      const image = await bench.images.shell('echo up; exec sleep 600')
      // Small enough for the node to take all three at once.
      const small = { cpuMillis: 200 }
      const [killed, live, foreign] = [
        await bench.job(image, { ...small, attempt: 3 }),
        await bench.job(image, small),
        await bench.job(image, small),
      ]
      await Promise.all([killedWhileRunning(killed, 'test'), killedWhileRunning(live, 'test'), killedWhileRunning(foreign, 'another')])
      expect(await runs()).toEqual(new Set([killed.runId, live.runId, foreign.runId]))

      expect(await bench.runner.removeLeftovers(({ runId }) => runId === live.runId)).toEqual([{ runId: killed.runId, attempt: 3 }])
      expect(await runs()).toEqual(new Set([live.runId, foreign.runId]))

      expect(await bench.runner.removeLeftovers(() => false)).toEqual([{ runId: live.runId, attempt: 1 }])
      expect(await bench.runnerWith({ node: 'another' }).removeLeftovers(() => false)).toHaveLength(1)
      expect(await runs()).toEqual(new Set())
    },
  )

  test('a Job that ended when no worker was there is kept with its log, until it is known that nobody owns it', async () => {
    const job = await bench.job(await bench.images.shell('echo up; sleep 1'))
    await killedWhileRunning(job, 'test')
    for (let tries = 0; tries < 100 && !(await isFinished()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await isFinished()).toBe(true)
    expect(await bench.runner.removeLeftovers(() => true)).toEqual([])
    expect(await bench.runner.removeLeftovers(() => false)).toEqual([{ runId: job.runId, attempt: 1 }])

    async function isFinished(): Promise<boolean> {
      const { items } = await bench.cluster.batch.listNamespacedJob({ namespace })
      return items.some(({ status }) => status?.succeeded === 1)
    }
  })

  test('every manifest of deploy/kubernetes is one that the cluster takes', async () => {
    expect((await manifestFiles()).length).toBeGreaterThan(4)
    // The others were applied when this cluster was made.
    await apply(bench.cluster.objects, 'worker.yaml', { dryRun: true })
  })

  async function killedWhileRunning(job: RunJob, node: string): Promise<void> {
    const options = {
      node,
      namespace,
      kubeconfig: bench.cluster.workerConfig,
      volume: { claim, path: tmpdir() },
      startSeconds: 60,
      networkDenied: false,
    }
    const worker = spawn(process.execPath, [workerProgram, JSON.stringify(options), JSON.stringify(job)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(worker.stdout, 'data')
    worker.kill('SIGKILL')
    await once(worker, 'exit')
  }

  /** The runs that have a Job. */
  async function runs(): Promise<Set<string>> {
    const { items } = await bench.cluster.batch.listNamespacedJob({ namespace, labelSelector: 'strata.run' })
    return new Set(items.map(({ metadata }) => metadata?.labels?.['strata.run'] ?? ''))
  }
})
