import type { Json, JsonObject } from '@strata/domain/shared'
import type { ProvenanceEdge, ProvenanceNode } from '../graph.ts'
import { provClassOf } from '../kind.ts'
import { latestTime, numberOf, termsOf, textOf, timeOf, type Exported } from './exported.ts'

const schema = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs'
const statistics =
  'https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet'

/**
 * OpenLineage 2-0-2: start and end of runs with their inputs and outputs, pointer moves as runs that read a release, hooks
 * as jobs, and all other nodes as datasets. The facet `strata_provenance` has what OpenLineage cannot express.
 */
export function toOpenLineage(exported: Exported): readonly JsonObject[] {
  const { graph } = exported
  const context: Context = {
    base: exported.base,
    latest: latestTime(graph.nodes),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    from: Map.groupBy(graph.edges, ({ from }) => from),
    generated: Map.groupBy(
      graph.edges.filter(({ relation }) => relation === 'WAS_GENERATED_BY'),
      ({ to }) => to,
    ),
  }
  return [aboutExport(exported, context), ...graph.nodes.flatMap((node) => eventsOf(node, context))]
}

interface Context {
  readonly base: string
  readonly latest: string
  readonly nodes: ReadonlyMap<string, ProvenanceNode>
  readonly from: ReadonlyMap<string, readonly ProvenanceEdge[]>
  readonly generated: ReadonlyMap<string, readonly ProvenanceEdge[]>
}

function eventsOf(node: ProvenanceNode, context: Context): JsonObject[] {
  if (node.kind === 'RUN') return runEvents(node, context)
  if (node.kind === 'POINTER_EVENT') return [runEvent(node, context, 'COMPLETE', timeOf(node))]
  if (node.kind === 'HOOK')
    return [staticEvent('JobEvent', node, context, { job: { namespace: context.base, name: node.id, facets: facetsOf(node, context) } })]
  // OpenLineage has no agents; they are in the facet of the export.
  if (provClassOf(node.kind) === 'agent') return []
  return [
    staticEvent('DatasetEvent', node, context, { dataset: { namespace: context.base, name: node.id, facets: facetsOf(node, context) } }),
  ]
}

function runEvents(node: ProvenanceNode, context: Context): JsonObject[] {
  const { status, startedAt, finishedAt } = node.attributes
  if (startedAt === undefined && finishedAt === undefined) return [runEvent(node, context, 'OTHER', timeOf(node))]
  const start = startedAt === undefined ? [] : [runEvent(node, context, 'START', textOf(startedAt))]
  return finishedAt === undefined ? start : [...start, runEvent(node, context, endOf(status), textOf(finishedAt))]
}

function endOf(status: Json | undefined): string {
  if (status === 'PASSED' || status === 'WARNINGS') return 'COMPLETE'
  return status === 'CANCELLED' ? 'ABORT' : 'FAIL'
}

function runEvent(node: ProvenanceNode, context: Context, eventType: string, eventTime: string | undefined): JsonObject {
  const { base, from, generated, latest } = context
  const hook = textOf(node.attributes['hook']) ?? ''
  const inputs = (from.get(node.id) ?? []).filter(({ relation }) => relation === 'USED').map(({ to }) => ({ namespace: base, name: to }))
  const made = eventType === 'START' ? [] : (generated.get(node.id) ?? [])
  return {
    eventType,
    eventTime: eventTime ?? latest,
    producer: producerOf(base),
    schemaURL: `${schema}/RunEvent`,
    run: { runId: node.id.slice(node.id.indexOf(':') + 1), facets: facetsOf(node, context) },
    job: { namespace: base, name: node.kind === 'RUN' ? `hook:${hook}` : `set-live:${hook}` },
    inputs,
    outputs: made.map(({ from: name, count }) => ({
      namespace: base,
      name,
      outputFacets: { outputStatistics: { ...facet(base, statistics), rowCount: numberOf(count) } },
    })),
  }
}

function staticEvent(type: string, node: ProvenanceNode, { base, latest }: Context, subject: JsonObject): JsonObject {
  return { eventTime: timeOf(node) ?? latest, producer: producerOf(base), schemaURL: `${schema}/${type}`, ...subject }
}

function facetsOf(node: ProvenanceNode, { base, from }: Context): JsonObject {
  const edges = (from.get(node.id) ?? []).filter(({ relation }) => relation !== 'USED' && relation !== 'WAS_GENERATED_BY')
  return {
    strata_provenance: {
      ...facet(base, `${termsOf(base)}provenance-facet`),
      ...plain(node),
      edges: edges.map(({ relation, to }) => ({ relation, to })),
    },
  }
}

function plain({ id, kind, label, count, attributes }: ProvenanceNode): JsonObject {
  return { id, kind, label, count: numberOf(count), attributes }
}

function aboutExport({ graph, question, base }: Exported, { latest }: Context): JsonObject {
  const { direction, maxNodes, asOf } = question
  const about = {
    ...facet(base, `${termsOf(base)}export-facet`),
    root: graph.root,
    direction,
    maxNodes,
    ...(asOf === undefined ? {} : { asOf: asOf.toISOString() }),
    order: graph.nodes.map(({ id }) => id),
    agents: graph.nodes.filter(({ kind }) => provClassOf(kind) === 'agent').map(plain),
    omitted: graph.omitted.map(({ kind, count }) => ({ kind, count: numberOf(count) })),
  }
  return {
    eventTime: latest,
    producer: producerOf(base),
    schemaURL: `${schema}/DatasetEvent`,
    dataset: { namespace: base, name: `export:${graph.root}`, facets: { strata_export: about } },
  }
}

function facet(base: string, schemaUrl: string): JsonObject {
  return { _producer: producerOf(base), _schemaURL: schemaUrl }
}

function producerOf(base: string): string {
  return `${base}/provenance`
}
