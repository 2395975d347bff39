import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { Convention, FileRequirements } from './convention.ts'
import { Hook } from './hook.ts'
import { Query } from './query.ts'
import { Schema } from './schema.ts'

export const conventionResolvers: Resolvers = {
  Query,
  Mutation: { removeConvention: (_, { slug }, { services }) => services.conventions.remove(slug) },
  Convention,
  FileRequirements,
  Hook,
  Schema,
  ConventionConnection: connectionResolvers,
}
