import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { Deposition } from './deposition.ts'
import { DepositionSource } from './deposition-source.ts'
import { Mutation } from './mutation.ts'
import { Query } from './query.ts'

export const depositionResolvers: Resolvers = { Query, Mutation, Deposition, DepositionSource, DepositionConnection: connectionResolvers }
