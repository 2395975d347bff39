import type { V1Pod } from '@kubernetes/client-node'
import { programUser, type ProgramKind } from '@strata/domain/run'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import { programContainer } from './job-spec.ts'

export interface PodKnowledge {
  /** The operator says that the cluster enforces deploy/kubernetes/network-policy.yaml; nothing in a cluster's API does. */
  readonly networkDenied: boolean
  readonly seccompProfile?: string | undefined
}

/**
 * What holds the pod, as the cluster admitted it: what admits pods may change them on the way in. A program that would not be
 * held as its contract says is ended at once.
 */
export function isolationInForce(
  { spec }: V1Pod,
  kind: ProgramKind,
  { networkDenied, seccompProfile: wanted }: PodKnowledge,
): readonly string[] {
  const [container, ...others] = spec?.containers ?? []
  const security = container?.securityContext
  const seccomp = security?.seccompProfile ?? spec?.securityContext?.seccompProfile
  const capabilities = security?.capabilities
  const facts: Readonly<Record<string, boolean>> = {
    [`user ${programUser}`]: security?.runAsUser === programUser && security.runAsGroup === programUser && security.runAsNonRoot === true,
    'read-only root': security?.readOnlyRootFilesystem === true,
    'no capabilities':
      security?.privileged !== true && (capabilities?.add ?? []).length === 0 && (capabilities?.drop ?? []).includes('ALL'),
    'no new privileges': security?.allowPrivilegeEscalation === false,
    seccomp:
      wanted === undefined ? seccomp?.type === 'RuntimeDefault' : seccomp?.type === 'Localhost' && seccomp.localhostProfile === wanted,
    'memory by cgroup': container?.resources?.limits?.['memory'] !== undefined,
    'cpu by cgroup': container?.resources?.limits?.['cpu'] !== undefined,
    'no service account':
      spec?.automountServiceAccountToken === false &&
      !(spec.volumes ?? []).some(({ projected }) => projected?.sources?.some((source) => source.serviceAccountToken)),
    'no namespace of the node': spec?.hostNetwork !== true && spec?.hostPID !== true && spec?.hostIPC !== true,
    'one container': container?.name === programContainer && others.length === 0 && (spec?.initContainers ?? []).length === 0,
  }
  const missing = Object.keys(facts).filter((name) => facts[name] !== true)
  if (missing.length > 0) {
    throw new AttemptFailed(
      'CONFIG',
      `The cluster changed the ${kind}'s pod so that it is not held as it must be; missing: ${missing.join(', ')}. Exclude pods labelled app.kubernetes.io/name=strata-hook from what changes pods there.`,
    )
  }
  const network = networkDenied ? 'no network, by the cluster’s policy' : 'network as the cluster leaves it'
  return ['pod', ...Object.keys(facts), network]
}
