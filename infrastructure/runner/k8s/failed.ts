import type { RunFailure } from '@strata/domain/run'
import { AttemptFailed, failureOfSystem } from '../shared/attempt-failed.ts'
import { ClusterFault } from './cluster/fault.ts'
import { failureOfForbidden } from './failure.ts'

/** What the cluster's refusal means for the attempt. What is not the cluster's is a bug and goes on. */
export function failureOf(error: unknown): RunFailure {
  if (error instanceof AttemptFailed) return error.failure
  const system = failureOfSystem(error)
  if (system !== undefined) return system
  if (!(error instanceof ClusterFault)) throw error
  const said = error.message.trim().replace(/\.$/, '')
  switch (error.status) {
    case 401:
      return { kind: 'PERMISSION', message: `The cluster does not know the worker: ${said}.` }
    case 403:
      return failureOfForbidden(said)
    case 400:
    case 404:
    case 422:
      return { kind: 'CONFIG', message: `The cluster does not take the hook's Job: ${said}. Compare STRATA_K8S_NAMESPACE and the release’s limits with what the cluster has.` }
    case undefined:
      return { kind: 'RUNTIME', message: `The cluster could not be asked: ${said}.` }
    default:
      return { kind: 'RUNTIME', message: `The cluster said: ${said}.` }
  }
}
