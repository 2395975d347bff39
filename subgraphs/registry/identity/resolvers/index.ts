import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { AuditEvent } from './audit-event.ts'
import { Mutation } from './mutation.ts'
import { Query } from './query.ts'

export const identityResolvers: Resolvers = {
  Query,
  Mutation,
  AuditEvent,
  TokenConnection: connectionResolvers,
  AuditEventConnection: connectionResolvers,
}
