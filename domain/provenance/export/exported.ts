import type { ProvenanceGraph, ProvenanceNode, ProvenanceQuestion } from '../graph.ts'

/** A graph with the description of its export. `base` is the archive's address, which prefixes the identifier of every node. */
export interface Exported {
  readonly graph: ProvenanceGraph
  readonly question: ProvenanceQuestion
  readonly base: string
}

/** The end of a node's address. With `.prov.json` etc. appended, it is the address of that node's export. */
export function addressPart(id: string): string {
  return encodeURIComponent(id).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

export function addressOf(base: string, id: string): string {
  return `${base}/provenance/${addressPart(id)}`
}

/** The namespace of the archive's own terms, for formats that need one. */
export function termsOf(base: string): string {
  return `${base}/provenance/terms#`
}

/** The creation time of the node, if its attributes have one. */
export function timeOf({ attributes }: ProvenanceNode): string | undefined {
  const time = ['publishedAt', 'committedAt', 'builtAt', 'at', 'startedAt', 'createdAt']
    .map((name) => attributes[name])
    .find((value) => value !== undefined)
  return textOf(time)
}

/** The newest time in a graph. Formats that require a time get this one, so that the same query gives the same export. */
export function latestTime(nodes: readonly ProvenanceNode[]): string {
  return (
    nodes.map((node) => timeOf(node) ?? '').reduce((a, b) => (Date.parse(b) > Date.parse(a) || a === '' ? b : a), '') ||
    '1970-01-01T00:00:00+00:00'
  )
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A number if JSON can represent the count exactly, otherwise text. */
export function numberOf(count: bigint): number | string {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count.toString()
}
