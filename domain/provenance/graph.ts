import type { JsonObject } from '@strata/domain/shared'
import type { ProvenanceDirection, ProvenanceKind, ProvenanceRelation } from './kind.ts'

/** Nodes in traversal order; edges in the order of the link table, then of their ends. */
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
  /** How many items it stands for: the rows of a feature set, otherwise 1. */
  readonly count: bigint
  readonly attributes: JsonObject
  /** Whether a neighbour was left out. Its own graph shows more. */
  readonly expandable: boolean
}

export interface ProvenanceEdge {
  readonly from: string
  readonly to: string
  readonly relation: ProvenanceRelation
  readonly count: bigint
}

/** The number of distinct nodes of a kind that are one step from a drawn node and are not drawn. */
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
