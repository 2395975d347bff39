import { connectionResolvers } from '../../server/connection.ts'
import type { Resolvers } from '../generated/types.ts'
import { BlastRadius, blastRadiusQuery } from '../questions/resolvers/blast-radius.ts'
import { Citation, citationMutation, citationQuery } from '../citations/resolvers/citation.ts'
import { Dataset, DataTable } from '../datasets/resolvers/dataset.ts'
import { provenanceQuery } from '../provenance/resolvers.ts'
import { datasetQuery } from '../datasets/resolvers/query.ts'
import { Record, RecordOutcome } from '../outcomes/resolvers/record.ts'
import { releaseDiffQuery, RowDiff } from '../questions/resolvers/release-diff.ts'
import { FeatureRow, TableRow, TableRowConnection } from '../datasets/resolvers/rows.ts'
import { RowExplanation, whyQuery } from '../questions/resolvers/why.ts'

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
