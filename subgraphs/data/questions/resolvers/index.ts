import { connectionResolvers } from '../../../server/connection.ts'
import type { Resolvers } from '../../generated/types.ts'
import { BlastRadius, blastRadiusQuery } from './blast-radius.ts'
import { releaseDiffQuery, RowDiff } from './release-diff.ts'
import { RowExplanation, whyQuery } from './why.ts'

export const questionResolvers: Resolvers = {
  Query: { ...whyQuery, ...blastRadiusQuery, ...releaseDiffQuery },
  RowExplanation,
  BlastRadius,
  RowDiff,
  HookRunConnection: connectionResolvers,
  RecordConnection: connectionResolvers,
}
