import type { Digest, Json, Listing, Page } from '@strata/domain/shared'
import type { RunStatus } from '../hook-run.ts'
import type { HeldRun } from '../result/held-run.ts'
import type { Outcome } from '../result/outcomes.ts'

const reproductionVerdicts = ['IDENTICAL', 'WITHIN_TOLERANCE', 'DIVERGED', 'INPUT_DIFFERS'] as const
export type ReproductionVerdict = (typeof reproductionVerdicts)[number]

/** Numbers that differ by no more than this part of the larger one count as equal. */
export const reproductionTolerance = 1e-9

/** How a run that was done again compares with what it had found the first time. */
export interface Comparison {
  readonly verdict: ReproductionVerdict
  readonly tolerance: number
  /** How many of the records were done again, when not all. */
  readonly sample?: number
  readonly recordsCompared: number
  /** Records whose rows were not kept the first time, because another run had won them: only their outcomes are compared. */
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
  /** Of a row: which of the record's rows it is. */
  readonly ordinal?: number
  /** What the reproduced run had found, and what was found now; null where there was no such row. */
  readonly before: Json
  readonly after: Json
}

/** A run that was done again, and the comparison when it has come to one. */
export interface Reproduction {
  /** The run that was made for it. */
  readonly run: string
  readonly comparison?: Comparison & { readonly at: Date }
}

/** What is known of a run that is to be done again. */
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
  /** Its rows are in the hook's table: it won when it was found. */
  readonly isKept: boolean
}

/** A row of either run that has no equal in the other, by the record and the ordinal. */
export interface UnequalRow {
  readonly record: string
  readonly ordinal: number
  readonly before: Json
  readonly after: Json
}

/** Port: what runs found that are done again, within the transaction that ends the second of them. */
export interface ReproductionStore {
  /** Holds the rows aside until the transaction ends; returns how many there are. */
  load(run: HeldRun, staged: readonly string[]): Promise<number>
  first(run: string): Promise<ReproducedRun>
  outcomesOf(run: string, records: readonly string[]): Promise<readonly FirstOutcome[]>
  /** How many of the rows held aside are of these records. */
  countRows(records: readonly string[]): Promise<number>
  /** Rows of the first run and of those held aside that are not the same to the last bit, some at a time. */
  unequalRows(of: {
    readonly first: string
    readonly run: HeldRun
    readonly records: readonly string[]
  }): AsyncIterable<readonly UnequalRow[]>
  add(run: string, comparison: Comparison): Promise<void>
}

/** Port: what is read of reproductions, newest first. */
export interface ReproductionQueries {
  reproductionPages(listings: readonly Listing<string, string>[]): Promise<readonly Page<Reproduction>[]>
  reproductionCounts(runs: readonly string[]): Promise<readonly number[]>
}
