import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { Deposition } from '../depositions/resolvers/deposition.ts'
import { Mutation } from '../records/resolvers/mutation.ts'
import { Query } from '../records/resolvers/query.ts'
import { Convention, Record } from '../records/resolvers/record.ts'
import { DepositionSource, ForkSource, HarvestSource, ImportSource, RecordSource } from '../records/resolvers/record-source.ts'

export const resolvers: Resolvers = {
  Query,
  Mutation,
  Record,
  Convention,
  RecordSource,
  DepositionSource,
  HarvestSource,
  ForkSource,
  ImportSource,
  RecordConnection: connectionResolvers,
  Deposition,
  DepositionConnection: connectionResolvers,
}
