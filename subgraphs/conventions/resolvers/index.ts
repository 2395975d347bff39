import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { Convention, FileRequirements } from '../conventions/resolvers/convention.ts'
import { Hook, ReleaseOutcome } from '../deploys/resolvers/hook.ts'
import { Mutation } from './mutation.ts'
import { Query } from './query.ts'
import { Schema } from '../schemas/resolvers/schema.ts'

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
