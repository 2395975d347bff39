import { BadUserInput, NotFound } from '@strata/domain/shared'
import { drawClosure } from './closure.ts'
import type { DrawnNodes } from './drawn-nodes.ts'
import type { ProvenanceEdge, ProvenanceGraph, ProvenanceNode, ProvenanceQuestion } from './graph.ts'
import { provenanceKinds } from './kind.ts'
import { countLeftOut, nothingLeftOut, type LeftOut } from './left-out.ts'
import type { Lineage, LineageArchive, NodeFacts, Place } from './lineage.ts'
import { links, type LinkName } from './links.ts'
import { parseNodeName, type NodeName } from './node-name.ts'
import { reach, type Pairs } from './reach.ts'
import { walk } from './walk.ts'

export const usualBudget = 200
export const largestBudget = 1_000

export interface DrawOptions {
  /** This archive's own. */
  readonly domain: string
  readonly now: Date
  /** Draws, beyond the budget, what an export needs to stand by itself. */
  readonly closed?: boolean
}

/** The graph of where something came from, what came of it, or both; as it was at `asOf`. */
export async function drawGraph(archive: LineageArchive, question: ProvenanceQuestion, o: DrawOptions): Promise<ProvenanceGraph> {
  const { of, direction, asOf } = question
  // Before anything else sees it, whatever it was.
  const budget = clampBudget(question.maxNodes)
  if (asOf !== undefined && asOf > o.now) throw new BadUserInput('"asOf" is in the future; leave it out to see what is there now.', 'asOf')
  const name = parseNodeName(of, o.domain)
  const places = await placesOf(archive, name, asOf)
  return archive.read({ asOf, row: name.row }, async (lineage) => {
    const root = await firstThere(lineage, places, question)
    const drawn = await walk(lineage, root, direction, budget)
    const isWhole = drawn.size < budget
    if (o.closed) await drawClosure(lineage, drawn)
    const pairs = await pairsAmong(lineage, drawn)
    const leftOut = isWhole ? nothingLeftOut : await countLeftOut(lineage, reach(root, direction, pairs), drawn)
    return graphOf(await factsOf(lineage, drawn), root, drawn, pairs, leftOut)
  })
}

export function clampBudget(maxNodes: number): number {
  return Math.min(Math.max(Math.trunc(maxNodes), 1), largestBudget)
}

async function placesOf(archive: LineageArchive, { candidates }: NodeName, asOf: Date | undefined): Promise<Place[]> {
  const places: Place[] = []
  for (const { kind, name } of candidates) {
    const key = await archive.keyOf(kind, name, { asOf })
    if (key !== undefined) places.push({ kind, key })
  }
  return places
}

async function firstThere(lineage: Lineage, places: readonly Place[], { of, asOf }: ProvenanceQuestion): Promise<Place> {
  for (const place of places) if ((await lineage.nodes(place.kind, [place.key])).length > 0) return place
  const when = asOf === undefined ? 'There is' : `At ${asOf.toISOString()} there was`
  throw new NotFound(`${when} no "${of.slice(0, 200)}" in this archive.`, 'of')
}

async function pairsAmong(lineage: Lineage, drawn: DrawnNodes): Promise<Pairs> {
  const pairs = new Map<LinkName, Awaited<ReturnType<Lineage['pairs']>>>()
  for (const link of links) {
    const [from, to] = [drawn.keys(link.from), drawn.keys(link.to)]
    if (from.length > 0 && to.length > 0) pairs.set(link.name, await lineage.pairs(link, from, to))
  }
  return pairs
}

async function factsOf(lineage: Lineage, drawn: DrawnNodes): Promise<ReadonlyMap<string, NodeFacts>> {
  const facts = new Map<string, NodeFacts>()
  for (const kind of provenanceKinds) {
    const keys = drawn.keys(kind)
    if (keys.length > 0) for (const one of await lineage.nodes(kind, keys)) facts.set(`${kind} ${one.key}`, one)
  }
  return facts
}

function graphOf(facts: ReadonlyMap<string, NodeFacts>, root: Place, drawn: DrawnNodes, pairs: Pairs, leftOut: LeftOut): ProvenanceGraph {
  const factsAt = ({ kind, key }: Place): NodeFacts => {
    const found = facts.get(`${kind} ${key}`)
    if (found === undefined) throw new Error(`a link leads to ${kind} ${key}, which is not there`)
    return found
  }
  const nodes = drawn.places.map((place): ProvenanceNode => {
    const { id, kind, label, count, attributes } = factsAt(place)
    return { id, kind, label, count, attributes, expandable: leftOut.isExpandable(place.kind, place.key) }
  })
  const position = new Map(drawn.places.map(({ kind, key }, i) => [`${kind} ${key}`, i]))
  const edges = links.flatMap((link) => {
    const ends = (pairs.get(link.name) ?? []).map(({ from, to }) => ({ from: { kind: link.from, key: from }, to: { kind: link.to, key: to } }))
    const at = ({ kind, key }: Place) => position.get(`${kind} ${key}`) ?? 0
    return ends
      .toSorted((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to))
      .map(({ from, to }): ProvenanceEdge => {
        // A set of rows was generated row by row.
        const count = link.relation === 'WAS_GENERATED_BY' ? factsAt(from).count : 1n
        return { from: factsAt(from).id, to: factsAt(to).id, relation: link.relation, count }
      })
  })
  return { root: factsAt(root).id, nodes, edges, omitted: leftOut.omitted }
}
