import type { Resolvers } from '../generated/types.ts'
import { Dataset, DataTable } from './dataset.ts'
import { Query } from './query.ts'
import { Record, RecordOutcome } from './record.ts'
import { FeatureRow, TableRow, TableRowConnection } from './rows.ts'

export const resolvers: Resolvers = { Query, Dataset, DataTable, TableRow, TableRowConnection, FeatureRow, Record, RecordOutcome }
