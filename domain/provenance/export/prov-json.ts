import type { Json, JsonObject } from '@strata/domain/shared'
import type { ProvenanceEdge, ProvenanceNode } from '../graph.ts'
import { provClassOf, type ProvenanceRelation } from '../kind.ts'
import { addressPart, numberOf, termsOf, textOf, type Exported } from './exported.ts'

/** PROV-JSON, as in the W3C submission of 2013-04-24. The identifier of a node is `archive:` and the end of its address. */
export function toProvJson({ graph, question, base }: Exported): JsonObject {
  const ofClass = (wanted: string) =>
    Object.fromEntries(graph.nodes.filter(({ kind }) => provClassOf(kind) === wanted).map((node) => [nameOf(node.id), attributesOf(node)]))
  return {
    prefix: { archive: `${base}/provenance/`, strata: termsOf(base) },
    entity: { ...ofClass('entity'), [nameOf(`export:${graph.root}`)]: aboutExport({ graph, question }) },
    activity: ofClass('activity'),
    agent: ofClass('agent'),
    ...relations(graph.edges),
  }
}

function nameOf(id: string): string {
  return `archive:${addressPart(id)}`
}

function attributesOf(node: ProvenanceNode): JsonObject {
  const own = Object.entries(node.attributes).map(([name, value]): [string, Json] => [`strata:${name}`, literal(value)])
  return {
    'prov:label': node.label,
    'prov:type': typesOf(node).map((name) => ({ $: name, type: 'prov:QUALIFIED_NAME' })),
    'strata:nodeId': node.id,
    ...(node.count === 1n ? {} : { 'strata:nodeCount': numberOf(node.count) }),
    ...timesOf(node),
    ...Object.fromEntries(own),
  }
}

/** PROV attributes must be plain values, so objects and lists are written as JSON text. */
function literal(value: Json): Json {
  if (typeof value === 'number' && !Number.isInteger(value)) return { $: String(value), type: 'xsd:double' }
  return typeof value === 'object' ? JSON.stringify(value) : value
}

function typesOf({ kind }: ProvenanceNode): string[] {
  const own = `strata:${kind}`
  if (kind === 'RELEASE') return [own, 'prov:Plan']
  if (kind === 'AGENT') return [own]
  if (kind === 'NODE') return [own, 'prov:Organization']
  return kind === 'CONVENTION' || kind === 'RECORD' || kind === 'FEATURE_SET' ? [own, 'prov:Collection'] : [own]
}

function timesOf({ kind, attributes }: ProvenanceNode): JsonObject {
  const [start, end] =
    kind === 'RUN'
      ? [attributes['startedAt'], attributes['finishedAt']]
      : kind === 'POINTER_EVENT'
        ? [attributes['at'], attributes['at']]
        : []
  const times = { 'prov:startTime': textOf(start), 'prov:endTime': textOf(end) }
  return Object.fromEntries(Object.entries(times).flatMap(([name, time]) => (time === undefined ? [] : [[name, time]])))
}

function aboutExport({ graph, question }: Pick<Exported, 'graph' | 'question'>): JsonObject {
  return {
    'prov:label': `The provenance of ${graph.root}`,
    'prov:type': [{ $: 'strata:EXPORT', type: 'prov:QUALIFIED_NAME' }],
    'strata:root': graph.root,
    'strata:direction': question.direction,
    'strata:maxNodes': question.maxNodes,
    ...(question.asOf === undefined ? {} : { 'strata:asOf': question.asOf.toISOString() }),
    ...Object.fromEntries(graph.omitted.map(({ kind, count }) => [`strata:omitted-${kind}`, numberOf(count)])),
  }
}

type Plain = Exclude<ProvenanceRelation, 'HAD_PLAN' | 'WAS_ASSOCIATED_WITH'>

/** PROV-JSON writes a revision as a derivation of this type. */
const revision = { 'prov:type': { $: 'prov:Revision', type: 'prov:QUALIFIED_NAME' } }

/** The PROV-JSON section of each relation, and the names of its ends. */
const places: { readonly [Relation in Plain]: readonly [section: string, from: string, to: string] } = {
  WAS_GENERATED_BY: ['wasGeneratedBy', 'prov:entity', 'prov:activity'],
  USED: ['used', 'prov:activity', 'prov:entity'],
  WAS_DERIVED_FROM: ['wasDerivedFrom', 'prov:generatedEntity', 'prov:usedEntity'],
  WAS_REVISION_OF: ['wasDerivedFrom', 'prov:generatedEntity', 'prov:usedEntity'],
  WAS_ATTRIBUTED_TO: ['wasAttributedTo', 'prov:entity', 'prov:agent'],
  WAS_INFORMED_BY: ['wasInformedBy', 'prov:informed', 'prov:informant'],
  SPECIALIZATION_OF: ['specializationOf', 'prov:specificEntity', 'prov:generalEntity'],
  HAD_MEMBER: ['hadMember', 'prov:collection', 'prov:entity'],
}

function relations(edges: readonly ProvenanceEdge[]): JsonObject {
  const sections: { [section: string]: { [id: string]: JsonObject } } = {}
  const plans = new Map(edges.filter(({ relation }) => relation === 'HAD_PLAN').map(({ from, to }) => [from, to]))
  for (const [i, { from, to, relation, count }] of edges.entries()) {
    // In PROV, a plan is a part of the association with the run's agent.
    if (relation === 'HAD_PLAN') continue
    if (relation === 'WAS_ASSOCIATED_WITH') {
      const plan = plans.get(from)
      const ends = { 'prov:activity': nameOf(from), 'prov:agent': nameOf(to), ...(plan === undefined ? {} : { 'prov:plan': nameOf(plan) }) }
      ;(sections['wasAssociatedWith'] ??= {})[`_:e${i}`] = ends
      continue
    }
    const [section, fromName, toName] = places[relation]
    const counted = count === 1n ? {} : { 'strata:count': numberOf(count) }
    const typed = relation === 'WAS_REVISION_OF' ? revision : {}
    ;(sections[section] ??= {})[`_:e${i}`] = { [fromName]: nameOf(from), [toName]: nameOf(to), ...typed, ...counted }
  }
  return sections
}
