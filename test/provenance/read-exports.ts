import type { ProvenanceGraph } from '@strata/domain/provenance'

/** Nodes and edges that an export says, read by its own rules: what its graph must be equal to. */
export interface ReadGraph {
  readonly root: string
  readonly nodes: Readonly<Record<string, { readonly kind: string; readonly label: string; readonly attributes: unknown }>>
  /** `from RELATION to`, sorted. */
  readonly edges: readonly string[]
  readonly omitted: Readonly<Record<string, number>>
}

export function plainGraph({ root, nodes, edges, omitted }: ProvenanceGraph): ReadGraph {
  return {
    root,
    nodes: Object.fromEntries(nodes.map(({ id, kind, label, attributes }) => [id, { kind, label, attributes }])),
    edges: edges.map(({ from, relation, to }) => `${from} ${relation} ${to}`).toSorted(),
    omitted: Object.fromEntries(omitted.map(({ kind, count }) => [kind, Number(count)])),
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- documents of other formats, taken apart by hand
type Document = any

const idOf = (name: string) => decodeURIComponent(name.slice('archive:'.length))

export function readProvJson(document: Document): ReadGraph {
  const named = Object.entries<Document>({ ...document.entity, ...document.activity, ...document.agent }).map(
    ([name, said]) => [idOf(name), said] as const,
  )
  const about = named.find(([id]) => id.startsWith('export:'))?.[1]
  const ends: Record<string, [string, string, string]> = {
    wasGeneratedBy: ['WAS_GENERATED_BY', 'prov:entity', 'prov:activity'],
    used: ['USED', 'prov:activity', 'prov:entity'],
    wasDerivedFrom: ['WAS_DERIVED_FROM', 'prov:generatedEntity', 'prov:usedEntity'],
    wasAttributedTo: ['WAS_ATTRIBUTED_TO', 'prov:entity', 'prov:agent'],
    wasAssociatedWith: ['WAS_ASSOCIATED_WITH', 'prov:activity', 'prov:agent'],
    wasInformedBy: ['WAS_INFORMED_BY', 'prov:informed', 'prov:informant'],
    specializationOf: ['SPECIALIZATION_OF', 'prov:specificEntity', 'prov:generalEntity'],
    hadMember: ['HAD_MEMBER', 'prov:collection', 'prov:entity'],
  }
  const edges = Object.entries(ends).flatMap(([section, [relation, from, to]]) =>
    Object.values<Document>(document[section] ?? {}).flatMap((said) => [
      `${idOf(said[from])} ${said['prov:type']?.$ === 'prov:Revision' ? 'WAS_REVISION_OF' : relation} ${idOf(said[to])}`,
      ...(said['prov:plan'] === undefined ? [] : [`${idOf(said[from])} HAD_PLAN ${idOf(said['prov:plan'])}`]),
    ]),
  )
  const own = (said: Document) =>
    Object.entries<Document>(said)
      .filter(([name]) => name.startsWith('strata:'))
      .map(([name, value]) => [name.slice(7), value])
  return {
    root: about['strata:root'],
    nodes: Object.fromEntries(
      named
        .filter(([, said]) => said !== about)
        .map(([id, said]) => {
          const kind = [said['prov:type']].flat()[0].$.slice('strata:'.length)
          return [
            id,
            {
              kind,
              label: said['prov:label'],
              attributes: Object.fromEntries(own(said).filter(([name]) => name !== 'nodeId' && name !== 'nodeCount')),
            },
          ]
        }),
    ),
    edges: edges.toSorted(),
    omitted: Object.fromEntries(
      own(about).flatMap(([name, value]) => (name.startsWith('omitted-') ? [[name.slice('omitted-'.length), value]] : [])),
    ),
  }
}

export function readRoCrate(document: Document): ReadGraph {
  const entities: Document[] = document['@graph']
  const byId = new Map(entities.map((entity) => [entity['@id'], entity]))
  const nodes = entities.filter((entity) => entity.provenanceKind !== undefined)
  const properties: Record<string, string> = {
    object: 'USED',
    isBasedOn: 'WAS_DERIVED_FROM',
    creator: 'WAS_ATTRIBUTED_TO',
    agent: 'WAS_ASSOCIATED_WITH',
    instrument: 'HAD_PLAN',
    wasInformedBy: 'WAS_INFORMED_BY',
    wasRevisionOf: 'WAS_REVISION_OF',
    exampleOfWork: 'SPECIALIZATION_OF',
    hasPart: 'HAD_MEMBER',
  }
  const name = (reference: Document) => byId.get(reference['@id'])?.identifier
  const edges = nodes.flatMap((node) => [
    ...Object.entries(properties).flatMap(([property, relation]) =>
      [node[property] ?? []].flat().map((reference: Document) => `${node.identifier} ${relation} ${name(reference)}`),
    ),
    ...[node.result ?? []].flat().map((reference: Document) => `${name(reference)} WAS_GENERATED_BY ${node.identifier}`),
  ])
  return {
    root: name(byId.get('./').mainEntity),
    nodes: Object.fromEntries(
      nodes.map((node) => [
        node.identifier,
        { kind: node.provenanceKind, label: node.name, attributes: JSON.parse(node.provenanceAttributes) },
      ]),
    ),
    edges: edges.toSorted(),
    omitted: Object.fromEntries(
      entities.filter((entity) => entity['@type'] === 'PropertyValue').map((one) => [one.name.slice('omitted '.length), one.value]),
    ),
  }
}

export function readOpenLineage(events: Document): ReadGraph {
  const about = events.map((event: Document) => event.dataset?.facets.strata_export).find((one: Document) => one !== undefined)
  // A run's last event says all of it.
  const said = new Map<string, Document>()
  for (const event of events) {
    const facet = (event.run ?? event.dataset ?? event.job).facets.strata_provenance
    if (facet !== undefined) said.set(facet.id, { event, facet })
  }
  for (const agent of about.agents) said.set(agent.id, { event: {}, facet: { ...agent, edges: [] } })
  const edges = [...said].flatMap(([id, { event, facet }]) => [
    ...facet.edges.map(({ relation, to }: Document) => `${id} ${relation} ${to}`),
    ...(event.inputs ?? []).map((input: Document) => `${id} USED ${input.name}`),
    ...(event.outputs ?? []).map((output: Document) => `${output.name} WAS_GENERATED_BY ${id}`),
  ])
  return {
    root: about.root,
    nodes: Object.fromEntries(
      about.order.map((id: string) => {
        const { kind, label, attributes } = said.get(id).facet
        return [id, { kind, label, attributes }]
      }),
    ),
    edges: edges.toSorted(),
    omitted: Object.fromEntries(about.omitted.map(({ kind, count }: Document) => [kind, count])),
  }
}
