import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { FeatureSpec, Hook } from './hook.ts'
import { Query } from './query.ts'

export const hookResolvers: Resolvers = { Query, Hook, FeatureSpec, HookConnection: connectionResolvers }
