import type { Digest, Json, Listing, Page } from '@strata/domain/shared'
import type { RunStatus } from '../hook-run.ts'
import type { HeldRun } from '../result/held-run.ts'
import type { Outcome } from '../result/outcomes.ts'

const reproductionVerdicts = ['IDENTICAL', 'WITHIN_TOLERANCE', 'DIVERGED', 'INPUT_DIFFERS'] as const
export type ReproductionVerdict = (typeof reproductionVerdicts)[number]

/** Two numbers are equal when they differ by at most this fraction of the larger one. */
export const reproductionTolerance = 1e-9

/** The comparison of a reproduction with the original run. */
export interface Comparison {
  readonly verdict: ReproductionVerdict
  readonly tolerance: number
  /** The number of reproduced records, if not all. */
  readonly sample?: number
  readonly recordsCompared: number
  /** Records whose rows the original run did not store, because another run had won them. Only their outcomes are compared. */
  readonly recordsWithoutRows: number
  readonly outcomesDiffering: number
  readonly rowsIdentical: bigint
  readonly rowsTolerated: bigint
  readonly rowsDiverged: bigint
  readonly examples: readonly Difference[]
}

export interface Difference {
  readonly kind: 'OUTCOME' | 'ROW'
  readonly record: string
  /** For a row: its position among the record's rows. */
  readonly ordinal?: number
  /** The original and the new result; null where there was no such row. */
  readonly before: Json
  readonly after: Json
}

/** A reproduction, with the comparison once it exists. */
export interface Reproduction {
  /** The run that reproduces the original one. */
  readonly run: string
  readonly comparison?: Comparison & { readonly at: Date }
}

/** The original run. */
export interface ReproducedRun {
  readonly id: string
  readonly status: RunStatus
  readonly reproduces?: string
  readonly recordIds: readonly string[]
  readonly inputDigest?: Digest
}

export interface FirstOutcome {
  readonly record: string
  readonly outcome: Outcome
  readonly rows: number
  /** Whether its rows are stored, because it won the record. */
  readonly isKept: boolean
}

/** A row of either run without an equal row in the other, identified by record and ordinal. */
export interface UnequalRow {
  readonly record: string
  readonly ordinal: number
  readonly before: Json
  readonly after: Json
}

/** Port: the results of both runs, within the transaction that ends the reproduction. */
export interface ReproductionStore {
  /** Loads the new rows into a temporary table; returns their number. */
  load(run: HeldRun, staged: readonly string[]): Promise<number>
  first(run: string): Promise<ReproducedRun>
  outcomesOf(run: string, records: readonly string[]): Promise<readonly FirstOutcome[]>
  /** The number of loaded rows of these records. */
  countRows(records: readonly string[]): Promise<number>
  /** Rows of the original run and loaded rows that are not bitwise equal, in chunks. */
  unequalRows(of: {
    readonly first: string
    readonly run: HeldRun
    readonly records: readonly string[]
  }): AsyncIterable<readonly UnequalRow[]>
  add(run: string, comparison: Comparison): Promise<void>
}

/** Port: reads reproductions, newest first. */
export interface ReproductionQueries {
  reproductionPages(listings: readonly Listing<string, string>[]): Promise<readonly Page<Reproduction>[]>
  reproductionCounts(runs: readonly string[]): Promise<readonly number[]>
}
