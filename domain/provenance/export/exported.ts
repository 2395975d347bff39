import type { ProvenanceGraph, ProvenanceNode, ProvenanceQuestion } from '../graph.ts'

/** A graph with what its export says of itself. `base` is the archive's address: every node has one below it. */
export interface Exported {
  readonly graph: ProvenanceGraph
  readonly question: ProvenanceQuestion
  readonly base: string
}

/** What a node's address ends in; with `.prov.json` and the like after it, it answers with that node's own export. */
export function addressPart(id: string): string {
  return encodeURIComponent(id).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

export function addressOf(base: string, id: string): string {
  return `${base}/provenance/${addressPart(id)}`
}

/** The namespace of this project's own words, in formats that want one. */
export function termsOf(base: string): string {
  return `${base}/provenance/terms#`
}

/** When what a node stands for came to be, as far as it says. */
export function timeOf({ attributes }: ProvenanceNode): string | undefined {
  const time = ['publishedAt', 'committedAt', 'builtAt', 'at', 'startedAt', 'createdAt']
    .map((name) => attributes[name])
    .find((value) => value !== undefined)
  return textOf(time)
}

/** The newest time in a graph: what an export gives where a format wants a time, so that one question has one answer. */
export function latestTime(nodes: readonly ProvenanceNode[]): string {
  return (
    nodes.map((node) => timeOf(node) ?? '').reduce((a, b) => (Date.parse(b) > Date.parse(a) || a === '' ? b : a), '') ||
    '1970-01-01T00:00:00+00:00'
  )
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A count where JSON carries it exactly. */
export function numberOf(count: bigint): number | string {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count.toString()
}
