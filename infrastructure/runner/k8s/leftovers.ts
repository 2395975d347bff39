import type { AttemptId } from '@strata/domain/run'
import { graceSeconds, labels } from '../shared/container-contract.ts'
import type { Cluster } from './cluster/calls.ts'
import { annotations } from './job-spec.ts'
import { selector } from './names.ts'
import { removeJob } from './remove.ts'

/** Removes this archive's Jobs whose attempts no worker owns now, running or not. */
export async function removeLeftovers(
  cluster: Cluster,
  node: string,
  isLive: (attempt: AttemptId) => boolean | Promise<boolean>,
): Promise<readonly AttemptId[]> {
  const removed: AttemptId[] = []
  for (const { metadata } of await cluster.jobs(selector(node))) {
    // A label may be a shortened name; an annotation is the whole of it.
    const runId = metadata?.annotations?.[annotations.run]
    const attempt = Number(metadata?.labels?.[labels.attempt])
    if (metadata?.name === undefined || runId === undefined || !Number.isInteger(attempt)) continue
    if (metadata.annotations?.[annotations.node] !== node || metadata.deletionTimestamp !== undefined) continue
    if (await isLive({ runId, attempt })) continue
    await removeJob(cluster, metadata.name, selector(node, { runId, attempt }), graceSeconds)
    removed.push({ runId, attempt })
  }
  return removed
}
