import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { Mutation } from './mutation.ts'
import { Query } from './query.ts'
import { Convention, Record } from './record.ts'
import { RecordOrigin } from './record-origin.ts'
import { DepositionSource, ForkSource, HarvestSource, ImportSource, RecordSource } from './record-source.ts'

export const recordResolvers: Resolvers = {
  Query,
  Mutation,
  Record,
  RecordOrigin,
  Convention,
  RecordSource,
  DepositionSource,
  HarvestSource,
  ForkSource,
  ImportSource,
  RecordConnection: connectionResolvers,
}
