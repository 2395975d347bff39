import type { DatasetQueries } from '@strata/domain/dataset'

/** What hooks made of records. */
export type OutcomeServices = Pick<DatasetQueries, 'outcomesOf' | 'stalenessOf' | 'featuresOf'>
