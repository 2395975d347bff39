import { BatchV1Api, CoreV1Api, KubeConfig, KubernetesObjectApi, type KubernetesObject } from '@kubernetes/client-node'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseAllDocuments } from 'yaml'
import { startControlPlane, type ControlPlane } from './control-plane.ts'

/** The namespace in the manifests of deploy/. */
export const namespace = 'strata'
export const claim = 'strata-runs'
const manifests = join(import.meta.dirname, '../../../deploy/kubernetes')

/** A control plane with deploy/kubernetes applied, and a volume in a directory of this machine. */
export interface Cluster extends AsyncDisposable {
  readonly plane: ControlPlane
  readonly core: CoreV1Api
  readonly batch: BatchV1Api
  readonly objects: KubernetesObjectApi
  /** The kubeconfig of the worker's service account, with only the rights of the Role in deploy/. */
  readonly workerConfig: string
  /** The same with another address, like that of a proxy. */
  workerConfigAt(server: string, name: string): Promise<string>
}

export async function startCluster(volumePath: string): Promise<Cluster> {
  await using parts = new AsyncDisposableStack()
  const plane = parts.use(await startControlPlane())
  const config = new KubeConfig()
  config.loadFromFile(plane.adminConfig)
  const core = config.makeApiClient(CoreV1Api)
  const objects = KubernetesObjectApi.makeApiClient(config)
  for (const file of ['namespace.yaml', 'access.yaml', 'network-policy.yaml', 'volume.yaml']) await apply(objects, file)
  await core.createPersistentVolume({
    body: {
      metadata: { name: 'runs' },
      spec: {
        capacity: { storage: '1Ti' },
        accessModes: ['ReadWriteMany'],
        persistentVolumeReclaimPolicy: 'Retain',
        hostPath: { path: volumePath },
        claimRef: { namespace, name: claim },
      },
    },
  })
  await accountsAreThere(core)
  const { status } = await core.createNamespacedServiceAccountToken({
    namespace,
    name: 'strata-worker',
    body: { spec: { audiences: ['https://test'], expirationSeconds: 7200 } },
  })
  const token = status?.token ?? ''
  const workerConfigAt = (server: string, name: string) => plane.configFor({ token, server, name })
  const workerConfig = await workerConfigAt(plane.server, 'worker')
  const running = parts.move()
  return {
    plane,
    core,
    batch: config.makeApiClient(BatchV1Api),
    objects,
    workerConfig,
    workerConfigAt,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

export async function manifestFiles(): Promise<readonly string[]> {
  return (await readdir(manifests)).filter((name) => name.endsWith('.yaml'))
}

/** Creates the objects of a file in deploy/kubernetes; with `dryRun`, the cluster only checks them. */
export async function apply(objects: KubernetesObjectApi, file: string, { dryRun = false } = {}): Promise<void> {
  for (const document of parseAllDocuments(await readFile(join(manifests, file), 'utf8'))) {
    const object: KubernetesObject = document.toJS()
    await objects.create(object, undefined, dryRun ? 'All' : undefined)
  }
}

/** A namespace admits no pods before its default account exists. */
async function accountsAreThere(core: CoreV1Api): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const accounts = await core.listNamespacedServiceAccount({ namespace })
    if (accounts.items.some(({ metadata }) => metadata?.name === 'default')) return
    await sleep(100)
  }
  throw new Error(`the namespace ${namespace} has no default account after 20 s`)
}
