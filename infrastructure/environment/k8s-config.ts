import type { Values } from './values.ts'

/** The cluster that runs hooks. */
export interface K8sConfig {
  readonly namespace: string
  readonly kubeconfig: string | undefined
  readonly volume: { readonly claim: string; readonly path: string }
  readonly pullSecret: string | undefined
  readonly startSeconds: number
  readonly networkDenied: boolean
  readonly seccompProfile: string | undefined
}

export function k8sFrom(values: Values, dataDir: string): K8sConfig {
  return {
    namespace: values.STRATA_K8S_NAMESPACE,
    kubeconfig: values.STRATA_K8S_KUBECONFIG,
    volume: { claim: values.STRATA_K8S_VOLUME_CLAIM ?? '', path: values.STRATA_K8S_VOLUME_PATH ?? dataDir },
    pullSecret: values.STRATA_K8S_PULL_SECRET,
    startSeconds: values.STRATA_K8S_START_TIMEOUT,
    seccompProfile: values.STRATA_K8S_SECCOMP_PROFILE,
    networkDenied: values.STRATA_K8S_NETWORK === 'denied',
  }
}
