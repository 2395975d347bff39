import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { Hook } from './hook.ts'
import { Mutation } from './mutation.ts'
import { Query } from './query.ts'
import { HookRun, RunAttempt, RunQueueEntry } from './run.ts'
import { ReasonCount, RunResult } from './run-result.ts'

export const runResolvers: Resolvers = {
  Query,
  Mutation,
  Hook,
  HookRun,
  RunAttempt,
  RunQueueEntry,
  RunResult,
  ReasonCount,
  HookRunConnection: connectionResolvers,
  RunResultConnection: connectionResolvers,
}
