import { rowsOf, type Run } from './chronicle.ts'
import type { Known } from './known.ts'

export interface Edge {
  readonly from: string
  readonly relation: string
  readonly to: string
  /** Which end is the cause. */
  readonly cause: 'from' | 'to'
}

/** Every node and edge that there is, but for single rows. */
export function wholeGraph(known: Known): { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlyMap<string, Edge> } {
  const edges = new Map<string, Edge>()
  const draw = (from: string, relation: string, to: string, cause: 'from' | 'to' = 'to') =>
    void edges.set(`${from} ${relation} ${to}`, { from, relation, to, cause })
  for (const { convention, schema, hooks, by, newSchema } of known.deployed) {
    draw(`convention:${convention}`, 'WAS_DERIVED_FROM', `schema:${schema}`)
    draw(`convention:${convention}`, 'WAS_ATTRIBUTED_TO', `agent:${by}`)
    if (newSchema) draw(`schema:${schema}`, 'WAS_ATTRIBUTED_TO', `agent:${by}`)
    for (const hook of hooks) draw(`convention:${convention}`, 'WAS_DERIVED_FROM', `hook:${hook}`)
  }
  for (const { convention, record, before, source, node, by } of known.published) {
    if (known.countsAsVersion(record)) draw(`convention:${convention}`, 'HAD_MEMBER', `record:${record}`, 'from')
    if (before !== undefined) draw(`record:${record}`, 'WAS_REVISION_OF', `record:${before}`)
    draw(`record:${record}`, 'WAS_DERIVED_FROM', `source:${source}`)
    draw(`record:${record}`, 'WAS_DERIVED_FROM', `schema:${known.deployed.find((one) => one.convention === convention)?.schema}`)
    draw(`record:${record}`, 'WAS_ATTRIBUTED_TO', `agent:${by}`)
    draw(`source:${source}`, 'WAS_ATTRIBUTED_TO', `node:${node}`)
  }
  for (const { hook, version, by } of known.releases) {
    draw(`release:${hook}/${version}`, 'SPECIALIZATION_OF', `hook:${hook}`)
    draw(`release:${hook}/${version}`, 'WAS_ATTRIBUTED_TO', `agent:${by}`)
  }
  for (const { hook, id, to, by } of known.moves) {
    draw(`pointer-event:${id}`, 'USED', `release:${hook}/${to}`)
    draw(`pointer-event:${id}`, 'WAS_ASSOCIATED_WITH', `agent:${by}`)
  }
  for (const run of known.runs) drawRun(run)
  return { nodes: new Set([...edges.values()].flatMap(({ from, to }) => [from, to])), edges }

  function drawRun(run: Run): void {
    const id = `run:${run.run}`
    draw(id, 'HAD_PLAN', `release:${run.hook}/${run.version}`)
    draw(id, 'WAS_ASSOCIATED_WITH', `agent:${run.by}`)
    const move = known.moveBefore(run)
    if (move !== undefined) draw(id, 'WAS_INFORMED_BY', `pointer-event:${move.id}`)
    if (run.follows !== undefined) draw(id, 'WAS_INFORMED_BY', `run:${run.follows}`)
    if (run.reproduces !== undefined) {
      // What a reproduction finds is compared and let go: it has made nothing.
      draw(id, 'WAS_INFORMED_BY', `run:${run.reproduces}`)
      return
    }
    for (const record of run.said.keys()) draw(id, 'USED', `record:${record}`)
    if ([...run.said.values()].some((said) => rowsOf(said).length > 0)) draw(`feature-set:${run.run}`, 'WAS_GENERATED_BY', id)
  }
}

/** Whatever caused one of these, one step up, and is not among them. */
export function causesBeyond(edges: Iterable<Edge>, drawn: ReadonlySet<string>): Set<string> {
  const beyond = new Set<string>()
  for (const edge of edges) {
    const [cause, effect] = edge.cause === 'to' ? [edge.to, edge.from] : [edge.from, edge.to]
    if (drawn.has(effect) && !drawn.has(cause)) beyond.add(cause)
  }
  return beyond
}

/** The kind in a node's id: `run` in `run:…`. */
export function kindOf(id: string): string {
  return (id.split(':')[0] ?? '').replace('-', '_').toUpperCase()
}

export function countOf(ids: ReadonlySet<string>, kind: string): number {
  return [...ids].filter((id) => kindOf(id) === kind).length
}
