import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { Mutation } from './mutation.ts'
import { Reproduction, ReproductionDifference } from './reproduction.ts'
import { HookRun } from './run.ts'

export const reproductionResolvers: Resolvers = {
  Mutation,
  HookRun,
  Reproduction,
  ReproductionDifference,
  ReproductionConnection: connectionResolvers,
}
