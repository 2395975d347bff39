import { DrawnNodes } from './drawn-nodes.ts'
import type { ProvenanceDirection } from './kind.ts'
import type { Lineage, Place, Walk } from './lineage.ts'
import { modes, stepsFrom, type Mode } from './links.ts'

export const startingModes: Readonly<Record<ProvenanceDirection, readonly Mode[]>> = {
  UPSTREAM: ['UP'],
  DOWNSTREAM: ['DOWN'],
  BOTH: ['UP', 'DOWN'],
}

/**
 * Walks breadth first from the root, within a level in the order of the link table, until no nodes are left or `budget` nodes are
 * drawn. It never fetches more than the remaining budget. A larger budget draws the same nodes first.
 */
export async function walk(lineage: Lineage, root: Place, direction: ProvenanceDirection, budget: number): Promise<DrawnNodes> {
  const drawn = new DrawnNodes()
  let frontier = startingModes[direction].map((mode) => ({ place: root, mode }))
  for (const { place, mode } of frontier) drawn.add(place, mode)
  while (frontier.length > 0) {
    const next: typeof frontier = []
    for (const mode of modes) {
      const standing = frontier.filter((state) => state.mode === mode).map(({ place }) => place)
      for (const taken of walksFrom(standing, mode)) {
        const room = budget - drawn.size
        if (room <= 0) return drawn
        const { farKind, reaches } = taken.step
        const known = drawn.keysIn(farKind, reaches)
        // Nodes already drawn in another mode may be returned first. They use no budget, so the limit allows for them.
        const limit = room + drawn.keys(farKind).length - known.length
        for (const key of await lineage.neighbours(taken, known, limit)) {
          const place = { kind: farKind, key }
          if ((drawn.has(place) || drawn.size < budget) && drawn.add(place, reaches)) next.push({ place, mode: reaches })
        }
      }
    }
    frontier = next
  }
  return drawn
}

export function walksFrom(places: readonly Place[], mode: Mode): Walk[] {
  return stepsFrom[mode].flatMap((step) => {
    const near = places.filter(({ kind }) => kind === step.nearKind).map(({ key }) => key)
    return near.length === 0 ? [] : [{ step, near }]
  })
}
