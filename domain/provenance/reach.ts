import { DrawnNodes } from './drawn-nodes.ts'
import type { ProvenanceDirection } from './kind.ts'
import type { Pair, Place } from './lineage.ts'
import { links, stepsFrom, type LinkName, type Mode } from './links.ts'
import { startingModes } from './walk.ts'

export type Pairs = ReadonlyMap<LinkName, readonly Pair[]>

/**
 * All modes in which drawn nodes are reached from the root through drawn nodes. A walk that ran out of budget may have missed
 * some of them, and the nodes left out are counted from all of them.
 */
export function reach(root: Place, direction: ProvenanceDirection, pairs: Pairs): DrawnNodes {
  const next = farEnds(pairs)
  const reached = new DrawnNodes()
  const open: { place: Place; mode: Mode }[] = []
  const visit = (place: Place, mode: Mode) => void (reached.add(place, mode) && open.push({ place, mode }))
  for (const mode of startingModes[direction]) visit(root, mode)
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const { place, mode } = state
    for (const { link, nearKind, farKind, near, reaches } of stepsFrom[mode]) {
      if (nearKind !== place.kind) continue
      for (const key of next.get(`${link.name} ${near} ${place.key}`) ?? []) visit({ kind: farKind, key }, reaches)
    }
  }
  return reached
}

function farEnds(pairs: Pairs): ReadonlyMap<string, readonly string[]> {
  const ends = new Map<string, string[]>()
  const note = (at: string, far: string) => void (ends.get(at)?.push(far) ?? ends.set(at, [far]))
  for (const { name } of links) {
    for (const { from, to } of pairs.get(name) ?? []) {
      note(`${name} from ${from}`, to)
      note(`${name} to ${to}`, from)
    }
  }
  return ends
}
