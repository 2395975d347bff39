import { existingReadable, findDataset, parseAggregation, parseHistogram, parseRowId } from '@strata/domain/dataset'
import type { QueryResolvers } from '../../generated/types.ts'
import { rowConnection } from './row-connection.ts'

export const Query: QueryResolvers = {
  datasets: (_, _args, { services: { datasets } }) => datasets.datasets(),

  dataset: async (_, { convention }, { services: { datasets } }) => (await findDataset(datasets, convention)) ?? null,

  rows: async (_, { convention, first, after, ...input }, { services: { datasets } }) =>
    rowConnection(datasets, await existingReadable(datasets, convention), input, { first, after }),

  row: async (_, { id }, { services: { datasets }, domain }) => {
    const row = parseRowId(id, domain)
    return row === undefined ? null : datasets.row(row)
  },

  aggregate: async (_, { convention, ...input }, { services: { datasets } }) =>
    datasets.aggregate(parseAggregation(await existingReadable(datasets, convention), input)),

  histogram: async (_, { convention, ...input }, { services: { datasets } }) =>
    datasets.histogram(parseHistogram(await existingReadable(datasets, convention), input)),
}
