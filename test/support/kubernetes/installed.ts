import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isAvailable } from '../available.ts'

/** Where `.ci/build-kubernetes` puts what it builds. */
const built = '/var/cache/strata/kubernetes-1.20.2'
const wanted = ['etcd', 'containerd', 'runc', 'openssl', 'setpriv', 'catatonit', 'dockerd', 'docker-registry', 'busybox', 'python3']
export const loopbackPlugin = '/usr/lib/cni/loopback'

export type KubernetesProgram = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kubelet'

export function kubernetesProgram(name: KubernetesProgram): string {
  return join(built, name)
}

export function isKubernetesInstalled(): boolean {
  const missing = [
    ...wanted.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0),
    ...[
      loopbackPlugin,
      ...(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet'] as const).map(kubernetesProgram),
    ].filter((path) => !existsSync(path)),
  ]
  return isAvailable({ name: 'a Kubernetes cluster', missing: whatIsMissing(missing) })
}

function whatIsMissing(programs: readonly string[]): string | undefined {
  if (programs.length > 0) {
    return `${programs.join(', ')} not installed (on Debian, as root: .ci/build-kubernetes, and apt-get install etcd-server containernetworking-plugins docker.io docker-registry busybox-static python3 util-linux catatonit openssl).`
  }
  return process.getuid?.() === 0 ? undefined : 'Only root can start a cluster for tests.'
}
