import type { JsonObject } from '@strata/domain/shared'
import type { ProvenanceDirection, ProvenanceKind, ProvenanceRelation } from './kind.ts'

/** Nodes in the order in which a walk from the root came to them; edges in the order of the link table, then of their ends. */
export interface ProvenanceGraph {
  readonly root: string
  readonly nodes: readonly ProvenanceNode[]
  readonly edges: readonly ProvenanceEdge[]
  readonly omitted: readonly OmittedCount[]
}

export interface ProvenanceNode {
  readonly id: string
  readonly kind: ProvenanceKind
  readonly label: string
  /** How many things it stands for: the rows of a feature set, else one. */
  readonly count: bigint
  readonly attributes: JsonObject
  /** Whether something next to it was left out: ask for its own graph to go on. */
  readonly expandable: boolean
}

export interface ProvenanceEdge {
  readonly from: string
  readonly to: string
  readonly relation: ProvenanceRelation
  readonly count: bigint
}

/** How many nodes of a kind were left out: the distinct ones that are one step from what is drawn, and are not drawn. */
export interface OmittedCount {
  readonly kind: ProvenanceKind
  readonly count: bigint
}

export interface ProvenanceQuestion {
  readonly of: string
  readonly direction: ProvenanceDirection
  readonly maxNodes: number
  readonly asOf?: Date
}
