import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { BlastRadius, blastRadiusQuery } from './blast-radius.ts'
import { Citation, citationMutation, citationQuery } from './citation.ts'
import { Dataset, DataTable } from './dataset.ts'
import { provenanceQuery } from './provenance.ts'
import { datasetQuery } from './query.ts'
import { Record, RecordOutcome } from './record.ts'
import { releaseDiffQuery, RowDiff } from './release-diff.ts'
import { FeatureRow, TableRow, TableRowConnection } from './rows.ts'
import { RowExplanation, whyQuery } from './why.ts'

const Query = { ...datasetQuery, ...whyQuery, ...blastRadiusQuery, ...releaseDiffQuery, ...citationQuery, ...provenanceQuery }

export const resolvers: Resolvers = {
  Query,
  Mutation: citationMutation,
  Citation,
  Dataset,
  DataTable,
  TableRow,
  TableRowConnection,
  FeatureRow,
  Record,
  RecordOutcome,
  RowExplanation,
  BlastRadius,
  HookRunConnection: connectionResolvers,
  RecordConnection: connectionResolvers,
  RowDiff,
}
