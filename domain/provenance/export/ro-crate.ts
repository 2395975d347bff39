import type { Json, JsonObject } from '@strata/domain/shared'
import type { ProvenanceEdge, ProvenanceNode } from '../graph.ts'
import type { ProvenanceKind, ProvenanceRelation } from '../kind.ts'
import { licenseEntities, licenseOfNode, licensesOfRoot } from './crate-licences.ts'
import { addressOf, latestTime, numberOf, termsOf, textOf, type Exported } from './exported.ts'

const crate = 'https://w3id.org/ro/crate/1.1'
const profile = 'https://w3id.org/ro/wfrun/process/0.5'

/** A Process Run Crate 0.5, one of the Workflow Run RO-Crate profiles: hooks are tools that ran, not steps of a workflow. */
export function toRoCrate({ graph, question, base }: Exported): JsonObject {
  const edgesFrom = Map.groupBy(graph.edges, ({ from }) => from)
  const edgesTo = Map.groupBy(
    graph.edges.filter(({ relation }) => relation === 'WAS_GENERATED_BY'),
    ({ to }) => to,
  )
  const kindOf = new Map(graph.nodes.map(({ id, kind }) => [id, kind]))
  const idsOf = (wanted: (kind: ProvenanceKind) => boolean) => graph.nodes.filter(({ kind }) => wanted(kind)).map(({ id }) => ref(base, id))
  const omitted = graph.omitted.map(({ kind, count }) => ({
    '@id': `#omitted-${kind}`,
    '@type': 'PropertyValue',
    name: `omitted ${kind}`,
    value: numberOf(count),
  }))
  return {
    '@context': [`${crate}/context`, { ...ownTerms(base) }],
    '@graph': [
      // The export document itself is CC0; the data in it have their own terms.
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        conformsTo: { '@id': crate },
        about: { '@id': './' },
        license: 'https://creativecommons.org/publicdomain/zero/1.0/',
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: `The provenance of ${graph.root}`,
        description: describe({ graph, question }),
        datePublished: latestTime(graph.nodes),
        license: licensesOfRoot(graph.nodes),
        conformsTo: { '@id': profile },
        mainEntity: ref(base, graph.root),
        hasPart: idsOf((kind) => isData.has(kind)),
        mentions: [...idsOf((kind) => !isData.has(kind)), ...omitted.map((one) => ({ '@id': one['@id'] }))],
      },
      { '@id': profile, '@type': 'CreativeWork', name: 'Process Run Crate', version: '0.5' },
      ...graph.nodes.map((node) => entityOf(base, node, edgesFrom.get(node.id) ?? [], edgesTo.get(node.id) ?? [], kindOf)),
      ...licenseEntities(graph.nodes),
      ...omitted,
    ],
  }
}

/** Data in the crate. Everything that made or describes them is only mentioned. */
const isData = new Set<ProvenanceKind>(['RECORD', 'FILE', 'FEATURE_SET', 'FEATURE_ROW'])

function ownTerms(base: string): JsonObject {
  return {
    wasInformedBy: { '@id': 'http://www.w3.org/ns/prov#wasInformedBy', '@type': '@id' },
    wasRevisionOf: { '@id': 'http://www.w3.org/ns/prov#wasRevisionOf', '@type': '@id' },
    provenanceKind: `${termsOf(base)}provenanceKind`,
    provenanceAttributes: `${termsOf(base)}provenanceAttributes`,
    provenanceCount: `${termsOf(base)}provenanceCount`,
  }
}

function describe({ graph, question }: Pick<Exported, 'graph' | 'question'>): string {
  const { direction, asOf, maxNodes } = question
  const when = asOf === undefined ? '' : ` as of ${asOf.toISOString()}`
  const left = graph.omitted.map(({ kind, count }) => `${count} ${kind}`).join(', ')
  return `Drawn ${direction} from ${graph.root}${when}, with at most ${maxNodes} nodes. ${left === '' ? 'Nothing was left out.' : `Left out, one step away: ${left}.`}`
}

const typeOf: { readonly [Kind in ProvenanceKind]: string } = {
  RECORD: 'Dataset',
  FILE: 'File',
  SOURCE: 'CreativeWork',
  CONVENTION: 'Collection',
  SCHEMA: 'CreativeWork',
  HOOK: 'SoftwareApplication',
  RELEASE: 'SoftwareApplication',
  RUN: 'CreateAction',
  FEATURE_SET: 'Dataset',
  FEATURE_ROW: 'Dataset',
  POINTER_EVENT: 'ChooseAction',
  AGENT: 'Person',
  NODE: 'Organization',
}

/** The property for each relation, on the entity where it starts. The action states a generation, as `result`. */
const crateProperties: { readonly [Relation in Exclude<ProvenanceRelation, 'WAS_GENERATED_BY'>]: string } = {
  USED: 'object',
  WAS_DERIVED_FROM: 'isBasedOn',
  WAS_REVISION_OF: 'wasRevisionOf',
  WAS_ATTRIBUTED_TO: 'creator',
  WAS_ASSOCIATED_WITH: 'agent',
  HAD_PLAN: 'instrument',
  WAS_INFORMED_BY: 'wasInformedBy',
  SPECIALIZATION_OF: 'exampleOfWork',
  HAD_MEMBER: 'hasPart',
}

function entityOf(
  base: string,
  node: ProvenanceNode,
  from: readonly ProvenanceEdge[],
  generated: readonly ProvenanceEdge[],
  kindOf: ReadonlyMap<string, ProvenanceKind>,
): JsonObject {
  const { id, kind, label, count, attributes } = node
  const links: { [property: string]: Json[] } = {}
  for (const edge of from) if (edge.relation !== 'WAS_GENERATED_BY') (links[crateProperties[edge.relation]] ??= []).push(ref(base, edge.to))
  const results = generated.filter(({ from: made }) => kindOf.has(made)).map(({ from: made }) => ref(base, made))
  return {
    ...ref(base, id),
    '@type': kind === 'AGENT' && !id.startsWith('agent:user:') ? 'Organization' : typeOf[kind],
    name: label,
    identifier: id,
    provenanceKind: kind,
    // RO-Crate entities must be flat, so nested attributes are written as JSON text.
    provenanceAttributes: JSON.stringify(attributes),
    ...(count === 1n ? {} : { provenanceCount: numberOf(count) }),
    ...licenseOfNode(node),
    ...specifics(node),
    ...links,
    ...(results.length === 0 ? {} : { result: results }),
  }
}

function specifics({ kind, attributes }: ProvenanceNode): JsonObject {
  const given = {
    RUN: {
      startTime: attributes['startedAt'],
      endTime: attributes['finishedAt'],
      actionStatus: statusOf(attributes['status']),
      error: attributes['failure'],
    },
    POINTER_EVENT: { endTime: attributes['at'] },
    RELEASE: { softwareVersion: versionOf(attributes['version']), url: textOf(attributes['sourceRef']) },
    FILE: { encodingFormat: attributes['mediaType'], contentSize: attributes['size'] },
    RECORD: {
      datePublished: attributes['publishedAt'],
      version: versionOf(attributes['version']),
      creativeWorkStatus: withdrawnStatus(attributes['withdrawn']),
    },
  }[String(kind)]
  return Object.fromEntries(Object.entries(given ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function versionOf(version: Json | undefined): string | undefined {
  return version === undefined ? undefined : String(version)
}

function withdrawnStatus(withdrawn: Json | undefined): string | undefined {
  if (withdrawn === undefined) return undefined
  return withdrawn === 'REMOVED' ? 'Removed' : 'Retracted'
}

function statusOf(status: Json | undefined): string {
  if (status === 'PASSED' || status === 'WARNINGS') return 'http://schema.org/CompletedActionStatus'
  return status === 'QUEUED' || status === 'RUNNING' ? 'http://schema.org/ActiveActionStatus' : 'http://schema.org/FailedActionStatus'
}

function ref(base: string, id: string): { '@id': string } {
  return { '@id': addressOf(base, id) }
}
