import type { HookTableToRead, Predicate, ReadableDataset, TableRow } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { Outcome } from '@strata/domain/run'
import type { ChangeBucket } from './change-bucket.ts'

/** A comparison of two releases of a hook over the records that both have results for. */
export interface DiffRequest {
  readonly table: HookTableToRead
  readonly from: ComparedRelease
  readonly to: ComparedRelease
  /** Only records of this convention. */
  readonly convention: string | undefined
  readonly filter: { readonly predicate: Predicate; readonly dataset: ReadableDataset } | undefined
  /** Numbers a and b are equal when |a - b| <= tolerance * max(1, |a|, |b|). */
  readonly tolerance: number
  readonly examples: number
  readonly asOf: Date | undefined
}

export interface ComparedRelease {
  readonly id: string
  readonly version: number
}

type OutcomeStatus = Outcome['status']

/** Rows of the two releases are matched by record and ordinal. */
export interface ReleaseDiff {
  readonly recordCount: bigint
  readonly added: bigint
  readonly removed: bigint
  readonly changed: bigint
  readonly unchanged: bigint
  /** Every column, in the order of the contract. */
  readonly columns: readonly ColumnDiff[]
  readonly flipped: readonly { readonly from: OutcomeStatus; readonly to: OutcomeStatus; readonly count: bigint }[]
  /** The first differing rows, in publish order. */
  readonly examples: readonly RowDiff[]
}

export interface ColumnDiff {
  readonly column: string
  readonly changed: bigint
  /** Of those, rows without a value before (`gained`) and after (`lost`). */
  readonly gained: bigint
  readonly lost: bigint
  /** For a numeric column: counts of the changes by size, ascending. */
  readonly changes: readonly ChangeBucket[]
}

export interface RowDiff {
  readonly record: RecordId
  readonly ordinal: number
  readonly before: TableRow['values'] | undefined
  readonly after: TableRow['values'] | undefined
  /** For a row of both releases: the columns that differ. */
  readonly columns: readonly string[]
}
