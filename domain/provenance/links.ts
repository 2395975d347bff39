import type { ProvenanceKind, ProvenanceRelation } from './kind.ts'

/**
 * Every kind of link, and how the traversal follows it in each direction. The walk, the edges, the counts and the exports are
 * derived from this table. A test compares it with docs/provenance.md.
 */
export interface Link {
  readonly name: string
  readonly from: ProvenanceKind
  readonly relation: ProvenanceRelation
  readonly to: ProvenanceKind
  /** Which end is the cause. Upstream means towards it. */
  readonly cause: 'from' | 'to'
  /** The end with at most one node for each node at the other end: a run has one release. */
  readonly one?: 'from' | 'to'
  /** Going downstream: continue from the effect, draw the effect and stop, or ignore the link because the effects are unbounded. */
  readonly down: 'follow' | 'show' | 'never'
  /** Reaching the effect downstream also draws the cause, without continuing from it: a run's release. */
  readonly aside?: true
  /** An export that has the effect also has the cause. */
  readonly closure?: true
}

const table = [
  { name: 'row-run', from: 'FEATURE_ROW', relation: 'WAS_GENERATED_BY', to: 'RUN', cause: 'to', one: 'to', down: 'never' },
  { name: 'row-record', from: 'FEATURE_ROW', relation: 'WAS_DERIVED_FROM', to: 'RECORD', cause: 'to', one: 'to', down: 'never' },
  { name: 'set-row', from: 'FEATURE_SET', relation: 'HAD_MEMBER', to: 'FEATURE_ROW', cause: 'from', one: 'from', down: 'never' },
  { name: 'set-run', from: 'FEATURE_SET', relation: 'WAS_GENERATED_BY', to: 'RUN', cause: 'to', one: 'to', down: 'follow' },
  {
    name: 'run-release',
    from: 'RUN',
    relation: 'HAD_PLAN',
    to: 'RELEASE',
    cause: 'to',
    one: 'to',
    down: 'follow',
    aside: true,
    closure: true,
  },
  {
    name: 'run-agent',
    from: 'RUN',
    relation: 'WAS_ASSOCIATED_WITH',
    to: 'AGENT',
    cause: 'to',
    one: 'to',
    down: 'never',
    aside: true,
    closure: true,
  },
  { name: 'run-pointer-event', from: 'RUN', relation: 'WAS_INFORMED_BY', to: 'POINTER_EVENT', cause: 'to', one: 'to', down: 'never' },
  { name: 'run-run', from: 'RUN', relation: 'WAS_INFORMED_BY', to: 'RUN', cause: 'to', down: 'follow' },
  { name: 'run-record', from: 'RUN', relation: 'USED', to: 'RECORD', cause: 'to', down: 'follow' },
  { name: 'record-source', from: 'RECORD', relation: 'WAS_DERIVED_FROM', to: 'SOURCE', cause: 'to', one: 'to', down: 'follow' },
  { name: 'record-revision', from: 'RECORD', relation: 'WAS_REVISION_OF', to: 'RECORD', cause: 'to', one: 'to', down: 'follow' },
  { name: 'record-record', from: 'RECORD', relation: 'WAS_DERIVED_FROM', to: 'RECORD', cause: 'to', one: 'to', down: 'follow' },
  { name: 'record-file', from: 'RECORD', relation: 'HAD_MEMBER', to: 'FILE', cause: 'to', down: 'follow' },
  {
    name: 'record-agent',
    from: 'RECORD',
    relation: 'WAS_ATTRIBUTED_TO',
    to: 'AGENT',
    cause: 'to',
    one: 'to',
    down: 'never',
    closure: true,
  },
  { name: 'record-schema', from: 'RECORD', relation: 'WAS_DERIVED_FROM', to: 'SCHEMA', cause: 'to', one: 'to', down: 'never' },
  { name: 'convention-record', from: 'CONVENTION', relation: 'HAD_MEMBER', to: 'RECORD', cause: 'from', one: 'from', down: 'follow' },
  { name: 'source-node', from: 'SOURCE', relation: 'WAS_ATTRIBUTED_TO', to: 'NODE', cause: 'to', one: 'to', down: 'never', closure: true },
  { name: 'convention-schema', from: 'CONVENTION', relation: 'WAS_DERIVED_FROM', to: 'SCHEMA', cause: 'to', down: 'follow' },
  { name: 'convention-hook', from: 'CONVENTION', relation: 'WAS_DERIVED_FROM', to: 'HOOK', cause: 'to', down: 'show' },
  {
    name: 'convention-agent',
    from: 'CONVENTION',
    relation: 'WAS_ATTRIBUTED_TO',
    to: 'AGENT',
    cause: 'to',
    one: 'to',
    down: 'show',
    closure: true,
  },
  { name: 'schema-agent', from: 'SCHEMA', relation: 'WAS_ATTRIBUTED_TO', to: 'AGENT', cause: 'to', one: 'to', down: 'show', closure: true },
  {
    name: 'release-hook',
    from: 'RELEASE',
    relation: 'SPECIALIZATION_OF',
    to: 'HOOK',
    cause: 'to',
    one: 'to',
    down: 'follow',
    closure: true,
  },
  {
    name: 'release-agent',
    from: 'RELEASE',
    relation: 'WAS_ATTRIBUTED_TO',
    to: 'AGENT',
    cause: 'to',
    one: 'to',
    down: 'follow',
    closure: true,
  },
  { name: 'pointer-event-release', from: 'POINTER_EVENT', relation: 'USED', to: 'RELEASE', cause: 'to', one: 'to', down: 'follow' },
  {
    name: 'pointer-event-agent',
    from: 'POINTER_EVENT',
    relation: 'WAS_ASSOCIATED_WITH',
    to: 'AGENT',
    cause: 'to',
    one: 'to',
    down: 'follow',
    aside: true,
    closure: true,
  },
] as const satisfies readonly Link[]

export type LinkName = (typeof table)[number]['name']
export const links: readonly (Link & { readonly name: LinkName })[] = table

/** One link followed from one end to the other. `near` is the end where the step starts. */
export interface Step {
  readonly link: Link & { readonly name: LinkName }
  readonly near: 'from' | 'to'
  readonly far: 'from' | 'to'
  readonly nearKind: ProvenanceKind
  readonly farKind: ProvenanceKind
  /** The mode at the far end, which decides the next steps. */
  readonly reaches: Mode
}

/** How a node was reached: going upstream, going downstream, or only to be shown. */
export type Mode = 'UP' | 'DOWN' | 'STILL'
export const modes: readonly Mode[] = ['UP', 'DOWN', 'STILL']

/** The steps from a node, by the mode in which it was reached, in the order of the table. */
export const stepsFrom: Readonly<Record<Mode, readonly Step[]>> = {
  UP: links.map((link) => towardsCause(link, 'UP')),
  DOWN: links.flatMap((link) => [
    ...(link.down === 'never' ? [] : [towardsEffect(link, link.down === 'follow' ? 'DOWN' : 'STILL')]),
    ...(link.aside ? [towardsCause(link, 'STILL')] : []),
  ]),
  STILL: [],
}

function towardsCause(link: Step['link'], reaches: Mode): Step {
  const near = link.cause === 'to' ? 'from' : 'to'
  return { link, near, far: link.cause, nearKind: link[near], farKind: link[link.cause], reaches }
}

function towardsEffect(link: Step['link'], reaches: Mode): Step {
  const far = link.cause === 'to' ? 'from' : 'to'
  return { link, near: link.cause, far, nearKind: link[link.cause], farKind: link[far], reaches }
}
