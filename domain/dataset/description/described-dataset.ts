import type { ConventionDocs } from '@strata/domain/convention'
import type { Dataset } from '../dataset.ts'

/** What programs and language models are told of a dataset. */
export interface DescribedDataset {
  readonly dataset: Dataset
  readonly title: string
  readonly description: string
  readonly license: string | undefined
  readonly docs: ConventionDocs | undefined
  readonly updatedAt: Date
  /** The archive's domain. */
  readonly publisher: string
  /** Where the archive is reached. */
  readonly base: string
}
