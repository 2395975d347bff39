import type { ConventionQueries } from '@strata/domain/convention'
import type { DatasetQueries } from '@strata/domain/dataset'

/** How datasets are read, and the conventions that they are of. */
export type DatasetServices = Pick<
  DatasetQueries,
  'dataset' | 'datasets' | 'names' | 'readable' | 'rowPage' | 'rowCount' | 'row' | 'aggregate' | 'histogram'
> &
  Pick<ConventionQueries, 'conventions'>
