import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster/calls.ts'
import { isPassing } from './cluster/fault.ts'

const mayTakeMs = 20_000
const againAfterMs = 300

/**
 * Deletes a Job and its pods. The Job first, so that the cluster makes no other pod in place of one that goes; the pods as
 * well, for the cluster's own clearing up may be minutes late.
 */
export async function removeJob(cluster: Cluster, name: string, labelSelector: string, graceSeconds: number): Promise<void> {
  await insisting(() => cluster.deleteJob(name))
  await insisting(async () => {
    for (const { metadata } of await cluster.pods(labelSelector)) {
      if (metadata?.name !== undefined) await cluster.deletePod(metadata.name, graceSeconds)
    }
  })
}

async function insisting(work: () => Promise<void>): Promise<void> {
  const until = performance.now() + mayTakeMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || performance.now() > until) throw error
      await sleep(againAfterMs)
    }
  }
}
