import type { V1Job } from '@kubernetes/client-node'
import { setTimeout as sleep } from 'node:timers/promises'
import { AttemptFailed } from '../shared/attempt-failed.ts'
import { unlikeOurs } from './adopt.ts'
import type { Cluster } from './cluster/calls.ts'
import { isFault, isPassing } from './cluster/fault.ts'

const triesAfterMs = [200, 1_000, 3_000]

/**
 * Makes the Job, once: whatever is lost on the way is asked for again under the same name, and the one that is there then
 * is ours. Any other under that name is left alone, for it may be running.
 */
export async function createJob(cluster: Cluster, job: V1Job, signal: AbortSignal): Promise<V1Job> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await cluster.createJob(job)
    } catch (error) {
      if (isFault(error, 409) && error.reason === 'AlreadyExists') {
        const found = await adopted(cluster, job)
        if (found !== undefined) return found
      } else if (!isPassing(error)) throw error
      const waitMs = triesAfterMs[tries]
      if (waitMs === undefined) throw error
      await sleep(waitMs, undefined, { signal }).catch(() => undefined)
      signal.throwIfAborted()
    }
  }
}

/** Nothing when it went in the meantime. */
async function adopted(cluster: Cluster, job: V1Job): Promise<V1Job | undefined> {
  const name = job.metadata?.name ?? ''
  const found = await cluster.job(name)
  if (found === undefined) return undefined
  const unlike = unlikeOurs(job, found)
  if (unlike === undefined) return found
  throw new AttemptFailed(
    'RUNTIME',
    `There is a Job ${name} already and it is not this attempt's. When nothing needs it, remove it: kubectl --namespace ${cluster.namespace} delete job ${name}`,
    unlike,
  )
}
