import type { HookTableToRead, Predicate, ReadableDataset, TableRow } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { Outcome } from '@strata/domain/run'
import type { ChangeBucket } from './change-bucket.ts'

/** Two releases of a hook, compared over the records that both have a result of. */
export interface DiffRequest {
  readonly table: HookTableToRead
  readonly from: ComparedRelease
  readonly to: ComparedRelease
  /** Only records of this convention. */
  readonly convention: string | undefined
  readonly filter: { readonly predicate: Predicate; readonly dataset: ReadableDataset } | undefined
  /** Numbers a and b are the same when |a - b| <= tolerance * max(1, |a|, |b|). */
  readonly tolerance: number
  readonly examples: number
  readonly asOf: Date | undefined
}

export interface ComparedRelease {
  readonly id: string
  readonly version: number
}

type OutcomeStatus = Outcome['status']

/** Rows of both releases are one row when their record and their ordinal are the same. */
export interface ReleaseDiff {
  readonly recordCount: bigint
  readonly added: bigint
  readonly removed: bigint
  readonly changed: bigint
  readonly unchanged: bigint
  /** Every column, in the order of the contract. */
  readonly columns: readonly ColumnDiff[]
  readonly flipped: readonly { readonly from: OutcomeStatus; readonly to: OutcomeStatus; readonly count: bigint }[]
  /** The first ones in the order of publishing. */
  readonly examples: readonly RowDiff[]
}

export interface ColumnDiff {
  readonly column: string
  readonly changed: bigint
  /** Of those, the rows that had no value before, and those that have none any more. */
  readonly gained: bigint
  readonly lost: bigint
  /** Of a column of numbers: by how much its values changed, in ascending order. */
  readonly changes: readonly ChangeBucket[]
}

export interface RowDiff {
  readonly record: RecordId
  readonly ordinal: number
  readonly before: TableRow['values'] | undefined
  readonly after: TableRow['values'] | undefined
  /** What differs, of a row that both have. */
  readonly columns: readonly string[]
}
