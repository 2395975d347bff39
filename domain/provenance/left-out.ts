import type { DrawnNodes } from './drawn-nodes.ts'
import type { OmittedCount } from './graph.ts'
import { provenanceKinds, type ProvenanceKind } from './kind.ts'
import type { Lineage, Walk } from './lineage.ts'
import { modes } from './links.ts'
import { walksFrom } from './walk.ts'

export interface LeftOut {
  readonly omitted: readonly OmittedCount[]
  isExpandable(kind: ProvenanceKind, key: string): boolean
}

export const nothingLeftOut: LeftOut = { omitted: [], isExpandable: () => false }

/** Counts the nodes one step from the drawn ones that are not drawn, without fetching them. */
export async function countLeftOut(lineage: Lineage, reached: DrawnNodes, drawn: DrawnNodes): Promise<LeftOut> {
  const walks = merged(modes.flatMap((mode) => walksFrom(reached.placesIn(mode), mode)))
  const omitted: OmittedCount[] = []
  const expandable = new Set<string>()
  for (const kind of provenanceKinds) {
    const towards = walks.filter(({ step }) => step.farKind === kind)
    if (towards.length === 0) continue
    const except = drawn.keys(kind)
    const count = await lineage.countBeyond(towards, except)
    if (count === 0n) continue
    omitted.push({ kind, count })
    for (const walk of towards) {
      for (const key of await lineage.nearWithMore(walk, except)) expandable.add(`${walk.step.nearKind} ${key}`)
    }
  }
  return { omitted, isExpandable: (kind, key) => expandable.has(`${kind} ${key}`) }
}

/** Merges walks along the same link and direction, so that each is queried once. */
function merged(walks: readonly Walk[]): Walk[] {
  const byLink = Map.groupBy(walks, ({ step }) => `${step.link.name} ${step.near}`)
  return [...byLink.values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ step: first.step, near: [...new Set(same.flatMap(({ near }) => near))] }]
  })
}
