import type { Resolvers } from '../../generated/types.ts'
import { FeatureRow } from './feature-row.ts'
import { Record, RecordOutcome } from './record.ts'

export const outcomeResolvers: Resolvers = { Record, RecordOutcome, FeatureRow }
