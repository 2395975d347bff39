import type { Dataset, TableRow } from '@strata/domain/dataset'
import type { Srn } from '@strata/domain/shared'
import type { Connection } from '../server/connection.ts'

/** What each type is in a resolver's hands before GraphQL asks for its fields. */
export type DatasetModel = Dataset
export type TableRowModel = TableRow
export type TableRowConnectionModel = Connection<TableRow>
export type ConventionModel = { readonly slug: string }
export type HookRunModel = { readonly id: string }
export type RecordModel = { readonly srn: Srn }
