import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { AuditEvent } from './audit-event.ts'
import { Backfill } from './backfill.ts'
import { Hook } from './hook.ts'
import { Mutation } from './mutation.ts'
import { CreateReleasePayload, SetLivePayload } from './payloads.ts'
import { Query } from './query.ts'
import { HookRelease, PointerEvent } from './release.ts'
import { Reproduction, ReproductionDifference } from './reproduction.ts'
import { HookRun, RunAttempt, RunQueueEntry } from './run.ts'
import { ReasonCount, RunResult } from './run-result.ts'
import { FeatureSpecType, RuntimeConfigType } from './variants.ts'

export const resolvers: Resolvers = {
  Query,
  Mutation,
  CreateReleasePayload,
  SetLivePayload,
  Hook,
  HookRelease,
  PointerEvent,
  AuditEvent,
  HookRun,
  RunAttempt,
  RunQueueEntry,
  Reproduction,
  ReproductionDifference,
  RunResult,
  ReasonCount,
  RunResultConnection: connectionResolvers,
  Backfill,
  BackfillConnection: connectionResolvers,
  ReproductionConnection: connectionResolvers,
  RuntimeConfig: RuntimeConfigType,
  FeatureSpec: FeatureSpecType,
  HookRunConnection: connectionResolvers,
  HookConnection: connectionResolvers,
  HookReleaseConnection: connectionResolvers,
  PointerEventConnection: connectionResolvers,
  TokenConnection: connectionResolvers,
  AuditEventConnection: connectionResolvers,
}
