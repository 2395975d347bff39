import type { Resolvers } from '../generated/types.ts'
import { Query } from './query.ts'

export const resolvers: Resolvers = { Query }
