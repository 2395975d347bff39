import type { Resolvers } from '../../generated/types.ts'
import { Dataset } from './dataset.ts'
import { Query } from './query.ts'
import { TableRowConnection } from './row-connection.ts'
import { TableRow } from './row.ts'

export const datasetResolvers: Resolvers = {
  Query,
  Dataset,
  TableRow,
  TableRowConnection,
}
