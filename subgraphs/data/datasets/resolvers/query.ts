import { existingReadable, findDataset, parseAggregation, parseHistogram, parseRowId } from '@strata/domain/dataset'
import type { QueryResolvers } from '../../generated/types.ts'
import { rowConnection } from './rows.ts'

export const datasetQuery: QueryResolvers = {
  datasets: (_, _args, { services }) => services.datasets.datasets(),

  dataset: async (_, { convention }, { services }) => (await findDataset(services.datasets, convention)) ?? null,

  rows: async (_, { convention, first, after, ...input }, { services }) =>
    rowConnection(services, await existingReadable(services.datasets, convention), input, { first, after }),

  row: async (_, { id }, { services, domain }) => {
    const row = parseRowId(id, domain)
    return row === undefined ? null : services.datasets.row(row)
  },

  aggregate: async (_, { convention, ...input }, { services }) =>
    services.datasets.aggregate(parseAggregation(await existingReadable(services.datasets, convention), input)),

  histogram: async (_, { convention, ...input }, { services }) =>
    services.datasets.histogram(parseHistogram(await existingReadable(services.datasets, convention), input)),
}
