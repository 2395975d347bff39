import type { DrawnNodes } from './drawn-nodes.ts'
import type { Lineage } from './lineage.ts'
import { links, type Step } from './links.ts'

const steps: readonly Step[] = links
  .filter(({ closure }) => closure)
  .map((link) => ({ link, near: 'from', far: 'to', nearKind: link.from, farKind: link.to, reaches: 'STILL' }))

/**
 * Adds what an export needs to be self-contained: every run's release and requester, every pointer event's actor, every
 * release's hook, and the agent of every entity. Each node has one of these, so the export stays proportional to the graph.
 */
export async function drawClosure(lineage: Lineage, drawn: DrawnNodes): Promise<void> {
  for (let before = -1; before !== drawn.size;) {
    before = drawn.size
    for (const step of steps) {
      const near = drawn.keys(step.nearKind)
      if (near.length === 0) continue
      for (const key of await lineage.neighbours({ step, near }, drawn.keys(step.farKind), near.length)) {
        drawn.add({ kind: step.farKind, key }, step.reaches)
      }
    }
  }
}
