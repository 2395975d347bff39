import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where `.ci/build-kubernetes` puts what it builds. */
const built = '/var/cache/strata/kubernetes-1.20.2'
const wanted = ['etcd', 'containerd', 'runc', 'openssl', 'setpriv', 'catatonit', 'dockerd', 'docker-registry', 'busybox', 'python3']
export const loopbackPlugin = '/usr/lib/cni/loopback'

export type KubernetesProgram = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kubelet'

export function kubernetesProgram(name: KubernetesProgram): string {
  return join(built, name)
}

/**
 * Whether tests can have a cluster of their own. Without it they are skipped on a laptop, in plain sight; where every test
 * must run (`CI` is set) its absence is a failure.
 */
export function isKubernetesInstalled(): boolean {
  const missing = [
    ...wanted.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0),
    ...[loopbackPlugin, ...(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet'] as const).map(kubernetesProgram)].filter((path) => !existsSync(path)),
  ]
  if (missing.length === 0 && process.getuid?.() === 0) return true
  const how =
    missing.length > 0
      ? `${missing.join(', ')} is not installed (on Debian, as root: .ci/build-kubernetes, and apt-get install etcd-server containernetworking-plugins docker.io docker-registry busybox-static python3 util-linux catatonit openssl)`
      : 'a cluster for tests can only be started by root'
  if (process.env['CI']) throw new Error(`${how}, and with CI set no test may be skipped.`)
  process.stderr.write(`${how}: hooks are not tested on Kubernetes.\n`)
  return false
}
