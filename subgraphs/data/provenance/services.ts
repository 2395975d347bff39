import type { ProvenanceGraph, ProvenanceQuestion } from '@strata/domain/provenance'

export interface ProvenanceServices {
  readonly draw: (question: ProvenanceQuestion) => Promise<ProvenanceGraph>
  /** The graph with all that an export of it must have. */
  readonly drawClosed: (question: ProvenanceQuestion) => Promise<ProvenanceGraph>
}
