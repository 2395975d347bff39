import type { ConventionDocs } from '@strata/domain/convention'
import type { Dataset } from '../dataset.ts'

/** The description of a dataset for programs and language models. */
export interface DescribedDataset {
  readonly dataset: Dataset
  readonly title: string
  readonly description: string
  readonly license: string | undefined
  readonly docs: ConventionDocs | undefined
  readonly updatedAt: Date
  /** The archive's domain. */
  readonly publisher: string
  /** The archive's address. */
  readonly base: string
}
