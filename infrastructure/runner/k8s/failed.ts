import { AttemptFailed, failureOfSystem, told, type ToldFailure } from '../shared/attempt-failed.ts'
import { ClusterFault } from './cluster/fault.ts'
import { failureOfForbidden } from './failure.ts'

/** What the cluster's refusal means for the attempt. What is not the cluster's is a bug and goes on. */
export function failureOf(error: unknown): ToldFailure {
  if (error instanceof AttemptFailed) return error.told
  const system = failureOfSystem(error)
  if (system !== undefined) return system
  if (!(error instanceof ClusterFault)) throw error
  const said = error.message.trim()
  switch (error.status) {
    case 401:
      return told(
        'PERMISSION',
        'The cluster does not know the worker; look at STRATA_K8S_KUBECONFIG, or at the service account of the worker’s pod.',
        said,
      )
    case 403:
      return failureOfForbidden(said)
    case 400:
    case 404:
    case 422:
      return told(
        'CONFIG',
        `The cluster does not take the program's Job (HTTP ${error.status}). Compare STRATA_K8S_NAMESPACE and the release’s limits with what the cluster has.`,
        said,
      )
    case undefined:
      return told('RUNTIME', 'The cluster could not be asked.', said)
    default:
      return told('RUNTIME', `The cluster refused (HTTP ${error.status}).`, said)
  }
}
