import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { Hook } from './hook.ts'
import { Mutation } from './mutation.ts'
import { CreateReleasePayload, SetLivePayload } from './payloads.ts'
import { Query } from './query.ts'
import { HookRelease, PointerEvent } from './release.ts'
import { RuntimeConfig } from './runtime-config.ts'

export const releaseResolvers: Resolvers = {
  Query,
  Mutation,
  Hook,
  HookRelease,
  PointerEvent,
  RuntimeConfig,
  CreateReleasePayload,
  SetLivePayload,
  HookReleaseConnection: connectionResolvers,
  PointerEventConnection: connectionResolvers,
}
