import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { Backfill } from './backfill.ts'
import { Mutation } from './mutation.ts'
import { Query } from './query.ts'

export const backfillResolvers: Resolvers = { Query, Mutation, Backfill, BackfillConnection: connectionResolvers }
