import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { Convention, FileRequirements } from './convention.ts'
import { Hook, ReleaseOutcome } from './hook.ts'
import { Mutation } from './mutation.ts'
import { Query } from './query.ts'
import { Schema } from './schema.ts'

export const resolvers: Resolvers = {
  Query,
  Mutation,
  Convention,
  FileRequirements,
  Schema,
  Hook,
  ReleaseOutcome,
  ConventionConnection: connectionResolvers,
}
