import type { AttemptId } from '@strata/domain/run'
import { labels } from '../shared/container-contract.ts'
import type { Engine } from './engine/engine.ts'

/** Removes this archive's containers whose attempts no worker owns now, running or not. */
export async function removeLeftovers(
  engine: Engine,
  node: string,
  isLive: (attempt: AttemptId) => boolean | Promise<boolean>,
): Promise<readonly AttemptId[]> {
  const removed: AttemptId[] = []
  for (const container of await engine.labelled(`${labels.node}=${node}`)) {
    const runId = container.labels[labels.run]
    const attempt = Number(container.labels[labels.attempt])
    if (runId === undefined || !Number.isInteger(attempt)) continue
    if (await isLive({ runId, attempt })) continue
    await engine.remove(container.id)
    removed.push({ runId, attempt })
  }
  return removed
}
