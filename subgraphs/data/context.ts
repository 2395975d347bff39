import type { RecordNames } from '@strata/domain/record'
import type { SubgraphContext, SubgraphMutationContext } from '../server/context.ts'
import { recordNameLoaders } from '../server/record-name.ts'
import { citationLoaders } from './citations/loaders.ts'
import type { CitationServices } from './citations/services.ts'
import { datasetLoaders } from './datasets/loaders.ts'
import type { DatasetServices } from './datasets/services.ts'
import type { DownloadServices } from './downloads/services.ts'
import { outcomeLoaders } from './outcomes/loaders.ts'
import type { OutcomeServices } from './outcomes/services.ts'
import type { ProvenanceServices } from './provenance/services.ts'
import type { QuestionServices } from './questions/services.ts'

/** Those of each module. */
export interface DataServices {
  readonly datasets: DatasetServices
  readonly outcomes: OutcomeServices
  readonly downloads: DownloadServices
  readonly citations: CitationServices
  readonly questions: QuestionServices
  readonly provenance: ProvenanceServices
  readonly recordNames: RecordNames
}

export function createLoaders(services: DataServices) {
  return {
    ...datasetLoaders(services.datasets),
    ...outcomeLoaders(services.outcomes),
    ...citationLoaders(services.citations),
    ...recordNameLoaders(services.recordNames),
  }
}

type Loaders = ReturnType<typeof createLoaders>
export type Context = SubgraphContext<DataServices, Loaders>
export type MutationContext = SubgraphMutationContext<DataServices, Loaders>
