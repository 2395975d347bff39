import { tmpdir } from 'node:os'
import type { ProgramRunner, RunControl, RunJob } from '@strata/domain/run'
import { k8sRunner, type K8sRunnerOptions } from '@strata/infrastructure/runner/k8s'
import { startContainerEngine } from '../container-engine.ts'
import { hookImages, type HookImages, type PushedImage } from '../hook-images.ts'
import { executed, jobBelow, type Executed } from '../hook-job.ts'
import { startImageRegistry } from '../image-registry.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { claim, namespace, startCluster, type Cluster } from './cluster.ts'
import { startNode } from './node.ts'

/** A complete cluster, images for it, and its runner. */
export interface K8sBench extends AsyncDisposable {
  readonly cluster: Cluster
  readonly images: HookImages
  readonly runner: ProgramRunner
  runnerWith(more: Partial<K8sRunnerOptions>): ProgramRunner
  job(image: PushedImage, more?: Partial<RunJob>): Promise<RunJob>
  run(image: PushedImage, more?: Partial<RunJob>, control?: RunControl, runner?: ProgramRunner): Promise<Executed>
  /** The Jobs and pods that exist now. */
  leftovers(): Promise<readonly string[]>
}

export async function openK8sBench(): Promise<K8sBench> {
  await using parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const [engine, registry, cluster] = await Promise.all([startContainerEngine(), startImageRegistry(), startCluster(tmpdir())])
  parts.use(registry)
  parts.use(engine)
  parts.use(cluster)
  const images = hookImages(engine.socket, registry.host)
  const pause = await images.push({ Cmd: ['/bin/sh', '-c', 'trap "exit 0" TERM INT; while :; do sleep 3600 & wait $!; done'] })
  parts.use(await startNode(cluster.plane, `${registry.host}/${withoutHost(pause)}`))
  await nodeIsReady(cluster)
  const runnerWith = (more: Partial<K8sRunnerOptions>) =>
    k8sRunner({
      node: 'test',
      namespace,
      kubeconfig: cluster.workerConfig,
      volume: { claim, path: tmpdir() },
      pullSecret: undefined,
      startSeconds: 30,
      networkDenied: true,
      registries: { anyPublic: true, named: new Set([registry.host, '127.0.0.1:1']) },
      ...more,
    })
  const job = (image: PushedImage, more: Partial<RunJob> = {}) => jobBelow(directory.path, image, more)
  const own = runnerWith({})
  const running = parts.move()
  return {
    cluster,
    images,
    runner: own,
    runnerWith,
    job,
    run: async (image, more, control = { signal: new AbortController().signal }, runner = own) =>
      executed(runner, await job(image, more), control),
    async leftovers() {
      const [jobs, pods] = await Promise.all([
        cluster.batch.listNamespacedJob({ namespace }),
        cluster.core.listNamespacedPod({ namespace }),
      ])
      return [...jobs.items, ...pods.items].map(({ metadata }) => metadata?.name ?? '')
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function withoutHost({ image, digest }: PushedImage): string {
  return `${image.slice(image.indexOf('/') + 1, image.lastIndexOf(':'))}@${digest}`
}

async function nodeIsReady({ core }: Cluster): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const [node] = (await core.listNode()).items
    const ready = node?.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
    if (ready && (node?.spec?.taints ?? []).length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the node was not ready after 30 s')
}
