import type { Resolvers } from '../../generated/types.ts'
import { Citation, Mutation, Query } from './citation.ts'
import { Dataset, Record } from './cited-now.ts'

export const citationResolvers: Resolvers = { Query, Mutation, Citation, Dataset, Record }
