import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { Dataset, TableRow } from './dataset.ts'
import { Query } from './query.ts'

export const resolvers: Resolvers = { Query, Dataset, TableRow, TableRowConnection: connectionResolvers }
