/** The kinds of nodes. In PROV's terms: activities (RUN, POINTER_EVENT), agents (AGENT, NODE), and entities (all others). */
export const provenanceKinds = [
  'RECORD',
  'FILE',
  'SOURCE',
  'CONVENTION',
  'SCHEMA',
  'HOOK',
  'RELEASE',
  'RUN',
  'FEATURE_SET',
  'FEATURE_ROW',
  'POINTER_EVENT',
  'AGENT',
  'NODE',
] as const
export type ProvenanceKind = (typeof provenanceKinds)[number]

export type ProvenanceRelation =
  | 'WAS_GENERATED_BY'
  | 'USED'
  | 'WAS_DERIVED_FROM'
  | 'WAS_REVISION_OF'
  | 'WAS_ATTRIBUTED_TO'
  | 'WAS_ASSOCIATED_WITH'
  | 'HAD_PLAN'
  | 'WAS_INFORMED_BY'
  | 'SPECIALIZATION_OF'
  | 'HAD_MEMBER'

export type ProvenanceDirection = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH'

export type ProvClass = 'entity' | 'activity' | 'agent'

export function provClassOf(kind: ProvenanceKind): ProvClass {
  if (kind === 'RUN' || kind === 'POINTER_EVENT') return 'activity'
  return kind === 'AGENT' || kind === 'NODE' ? 'agent' : 'entity'
}
