import { BatchV1Api, CoreV1Api, createConfiguration, KubeConfig, ServerConfiguration } from '@kubernetes/client-node'
import { existsSync } from 'node:fs'
import { calls, type Cluster } from './calls.ts'
import { ClusterFault } from './fault.ts'
import { openStream } from './stream.ts'

export interface ClusterOptions {
  /** The file that says where the cluster is and who the worker is there; without it, the service account of its own pod. */
  readonly kubeconfig: string | undefined
  readonly namespace: string
}

/** Where every pod with a service account has its token. */
const podsToken = '/var/run/secrets/kubernetes.io/serviceaccount/token'
/** No call takes longer, but those that stay open. */
const callMayTakeMs = 30_000

/** This module is loaded when the first Job is made: the library takes a second and 80 MB, and most archives need none of it. */
export function connect({ kubeconfig, namespace }: ClusterOptions): Cluster {
  const config = credentials(kubeconfig)
  const server = config.getCurrentCluster()?.server
  if (server === undefined) throw new ClusterFault({ message: `${kubeconfig ?? 'the service account'} names no cluster` })
  const forApis = createConfiguration({
    baseServer: new ServerConfiguration(server, {}),
    authMethods: { default: config },
    promiseMiddleware: [
      {
        async pre(request) {
          request.setSignal(AbortSignal.timeout(callMayTakeMs))
          return request
        },
        post: (response) => Promise.resolve(response),
      },
    ],
  })
  return calls({
    namespace,
    batch: new BatchV1Api(forApis),
    core: new CoreV1Api(forApis),
    stream: (path, query, signal) => openStream(config, { url: `${server.replace(/\/$/, '')}${path}`, query, signal }),
  })
}

function credentials(kubeconfig: string | undefined): KubeConfig {
  const config = new KubeConfig()
  try {
    if (kubeconfig !== undefined) config.loadFromFile(kubeconfig)
    else if (existsSync(podsToken)) config.loadFromCluster()
    else throw new Error('the worker is in no pod')
    return config
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ClusterFault({ status: 401, message: `${why}; set STRATA_K8S_KUBECONFIG, or run the worker in a pod with a service account` })
  }
}
