import { oneOf, setting, text, whole } from './setting.ts'

/** The cluster that runs hooks, when STRATA_RUNNER is "k8s". docs/runners.md shows the whole set-up. */
export const k8sSettings = {
  STRATA_K8S_NAMESPACE: setting({
    about: 'The namespace in which hooks run as Jobs.',
    ...text('the name of a namespace', /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
    fallback: 'strata',
  }),
  STRATA_K8S_KUBECONFIG: setting({
    about: 'The kubeconfig with the cluster’s address and the worker’s credentials. By default, the service account of the worker’s pod.',
    ...text('the absolute path of a kubeconfig', /^\/\S+$/),
  }),
  STRATA_K8S_VOLUME_CLAIM: setting({
    about: 'The volume claim that the worker and its Jobs share; needed when STRATA_RUNNER is "k8s".',
    ...text('the name of a persistent volume claim', /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/),
  }),
  STRATA_K8S_VOLUME_PATH: setting({
    about: 'Where the worker has that volume mounted. By default, the data directory.',
    ...text('an absolute path', /^\/\S*$/),
  }),
  STRATA_K8S_PULL_SECRET: setting({
    about: 'The secret with which nodes pull hooks’ images from a private registry.',
    ...text('the name of a secret', /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/),
  }),
  STRATA_K8S_SECCOMP_PROFILE: setting({
    about:
      'The archive’s seccomp profile for hooks, as a path below the nodes’ seccomp directory; docs/runners.md says how to install it. By default, the container runtime’s profile.',
    ...text('a relative path, like strata/hook.json', /^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]{1,200}$/),
  }),
  STRATA_K8S_START_TIMEOUT: setting({
    about:
      'How long, in seconds, a hook may wait for a node and its image before the attempt fails. It does not count towards the hook’s own time limit.',
    ...whole(10, 86_400),
    fallback: '600',
  }),
  STRATA_K8S_NETWORK: setting({
    about:
      'Set it to "denied" when you have tested that hooks reach no network there. The cluster does not report this, so the provenance of each run records your statement.',
    ...oneOf('unknown', 'denied'),
    fallback: 'unknown',
  }),
} as const
