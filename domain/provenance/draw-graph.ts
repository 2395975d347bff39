import { NotFound, requirePast } from '@strata/domain/shared'
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
const largestBudget = 1_000

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
  requirePast(asOf, o.now)
  const name = parseNodeName(of, o.domain)
  const places = await placesOf(archive, name, asOf)
  return archive.read({ asOf, row: name.row }, async (lineage) => {
    const root = await firstThere(lineage, places, question)
    const drawn = await walk(lineage, root, direction, budget)
    const isWhole = drawn.size < budget
    if (o.closed) await drawClosure(lineage, drawn)
    const pairs = await pairsAmong(lineage, drawn)
    const leftOut = isWhole ? nothingLeftOut : await countLeftOut(lineage, reach(root, direction, pairs), drawn)
    return graphOf(await factsOf(lineage, drawn, asOf), root, drawn, pairs, leftOut)
  })
}

function clampBudget(maxNodes: number): number {
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

type Facts = ReadonlyMap<string, NodeFacts>

/**
 * Two transactions that overlap may date what they do in the other order than they did it. In the moment between, a link
 * leads to what was not there yet: it is not drawn. Whatever the moment, the root is there.
 */
async function factsOf(lineage: Lineage, drawn: DrawnNodes, asOf: Date | undefined): Promise<Facts> {
  const facts = new Map<string, NodeFacts>()
  for (const kind of provenanceKinds) {
    const keys = drawn.keys(kind)
    if (keys.length > 0) for (const one of await lineage.nodes(kind, keys)) facts.set(`${kind} ${one.key}`, one)
  }
  if (asOf === undefined && facts.size < drawn.size) throw new Error('a link leads to what is not there')
  return facts
}

function graphOf(facts: Facts, root: Place, drawn: DrawnNodes, pairs: Pairs, leftOut: LeftOut): ProvenanceGraph {
  const idOf = ({ kind, key }: Place) => facts.get(`${kind} ${key}`)?.id
  const nodes = drawn.places.flatMap((place): ProvenanceNode[] => {
    const found = facts.get(`${place.kind} ${place.key}`)
    if (found === undefined) return []
    const { id, kind, label, count, attributes } = found
    return [{ id, kind, label, count, attributes, expandable: leftOut.isExpandable(kind, place.key) }]
  })
  const position = new Map(nodes.map(({ id }, i) => [id, i]))
  const at = (id: string) => position.get(id) ?? 0
  const edges = links.flatMap((link) =>
    (pairs.get(link.name) ?? [])
      .flatMap((pair): ProvenanceEdge[] => {
        const from = facts.get(`${link.from} ${pair.from}`)
        const to = idOf({ kind: link.to, key: pair.to })
        if (from === undefined || to === undefined) return []
        // A set of rows was generated row by row.
        return [{ from: from.id, to, relation: link.relation, count: link.relation === 'WAS_GENERATED_BY' ? from.count : 1n }]
      })
      .toSorted((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to)),
  )
  return { root: idOf(root) ?? '', nodes, edges, omitted: leftOut.omitted }
}
