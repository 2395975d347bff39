import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { Dataset, TableRow } from './dataset.ts'
import { provenanceQueries } from './provenance.ts'
import { datasetQueries } from './query.ts'

const Query = { ...datasetQueries, ...provenanceQueries }

export const resolvers: Resolvers = { Query, Dataset, TableRow, TableRowConnection: connectionResolvers }
