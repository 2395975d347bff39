import type { Resolvers } from '../../generated/types.ts'
import { Citation, CitationChange, Mutation, Query } from './citation.ts'
import { Dataset, Record } from './cited-now.ts'

export const citationResolvers: Resolvers = { Query, Mutation, Citation, CitationChange, Dataset, Record }
