import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { AuditEvent } from '../identity/resolvers/audit-event.ts'
import { Backfill } from '../backfills/resolvers/backfill.ts'
import { Hook } from '../hooks/resolvers/hook.ts'
import { Mutation } from './mutation.ts'
import { CreateReleasePayload, SetLivePayload } from '../releases/resolvers/payloads.ts'
import { Query } from './query.ts'
import { HookRelease, PointerEvent } from '../releases/resolvers/release.ts'
import { Reproduction, ReproductionDifference } from '../reproductions/resolvers/reproduction.ts'
import { HookRun, RunAttempt, RunQueueEntry } from '../runs/resolvers/run.ts'
import { ReasonCount, RunResult } from '../runs/resolvers/run-result.ts'
import { FeatureSpecType, RuntimeConfigType } from '../hooks/resolvers/variants.ts'

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
