import { isRowKey, rowKeyOf, type Dataset } from '@strata/domain/dataset'
import { didYouMean, NotFound } from '@strata/domain/shared'
import { encodeCursor, parsePage } from '../../server/connection.ts'
import type { QueryResolvers } from '../generated/types.ts'

export const datasetQueries: QueryResolvers = {
  datasets: (_, _args, { services }) => services.datasets.datasets(),

  dataset: (_, { convention }, { services }) => services.datasets.dataset(convention),

  rows: async (_, { convention, table, ...args }, { services }) => {
    const page = await services.datasets.rowPage(convention, table, parsePage(args, isRowKey))
    if (!page) throw noSuchTable(convention, table, await services.datasets.dataset(convention))
    return { page, cursorOf: (row) => encodeCursor(rowKeyOf(row)), count: () => services.datasets.rowCount(convention, table) }
  },
}

function noSuchTable(convention: string, table: string, dataset: Dataset | undefined): NotFound {
  if (!dataset) return new NotFound(`There is no dataset "${convention.slice(0, 80)}".`, 'convention')
  const names = dataset.tables.map(({ name }) => name)
  return new NotFound(
    `The dataset "${convention}" has no table "${table.slice(0, 80)}"; it has ${names.join(', ')}.${didYouMean(table, names)}`,
    'table',
  )
}
