import type { HookName, Page, PageRequest, Slug } from '@strata/domain/shared'
import type { BatchStore, Origin } from '../batch/batch.ts'
import type { Backfill, BackfillCounts, BackfillProgress, HeldBackfill, PlanningPlace } from './backfill.ts'
import type { RecordResult, Selection } from './selection.ts'

/** Port: backfills, within the transaction of the use case. */
export interface BackfillStore {
  add(backfill: NewBackfill, origin: Origin): Promise<void>
  /** Locks it until the transaction ends; undefined when it is not RUNNING or another transaction holds it. */
  claim(id: string): Promise<HeldBackfill | undefined>
  /** The same, but waits for the lock. */
  hold(id: string): Promise<HeldBackfill | undefined>
  advance(id: string, to: PlanningPlace & { readonly planned: bigint; readonly isPlanned: boolean }): Promise<void>
  end(id: string, how: BackfillEnd): Promise<void>
  /** Starts over with the records that are published now. */
  restart(id: string, counts: { readonly expected: bigint; readonly planned: bigint }): Promise<void>
  counts(id: string): Promise<BackfillCounts>
  /** Its runs that have not ended and were not cancelled, locked until the transaction ends. */
  runsToStop(id: string): Promise<readonly string[]>
}

export type BackfillEnd =
  | { readonly status: 'FINISHED'; readonly reason?: string }
  | { readonly status: 'CANCELLED' | 'FAILED'; readonly reason: string }

interface NewBackfill extends Selection {
  readonly id: string
  readonly hook: HookName
  readonly releaseId: string
  readonly conventions: readonly Slug[]
  readonly limit: number | undefined
  readonly expected: bigint
}

/** Port: which records a release has computed, is computing, or has still to compute. */
export interface PlanningRecords {
  /** Blocks other transactions from planning runs of this release until this one ends. */
  hold(releaseId: string): Promise<void>
  /** The next records of a convention after a given one, ordered by id. */
  next(
    backfill: HeldBackfill,
    from: { readonly convention: Slug; readonly after: string | undefined; readonly limit: number },
  ): Promise<readonly LookedAt[]>
  /** The current state of records that were looked at before. */
  again(backfill: HeldBackfill, records: readonly string[]): Promise<readonly LookedAt[]>
  /** From stored counts; only records under way are read. */
  kept(of: {
    readonly hook: HookName
    readonly releaseId: string
    readonly conventions: readonly Slug[]
  }): Promise<readonly KeptStandings[]>
}

export interface LookedAt {
  readonly id: string
  readonly results: readonly RecordResult[]
  /** A run of the release that has not ended includes it, or its publication is about to start one. */
  readonly isUnderWay: boolean
}

/** The number of a convention's records with each set of results. */
export interface KeptStandings {
  readonly convention: Slug
  readonly records: bigint
  readonly profiles: readonly ProfileCount[]
  /** How many of these are under way. */
  readonly underWay: readonly ProfileCount[]
}

interface ProfileCount {
  readonly records: bigint
  readonly results: readonly RecordResult[]
}

export interface PlanningPorts {
  readonly backfills: BackfillStore
  readonly records: PlanningRecords
  readonly batches: BatchStore
}

/** Port: reads backfills. Lists are newest first. */
export interface BackfillQueries {
  backfills(ids: readonly string[]): Promise<readonly (Backfill | undefined)[]>
  progress(backfills: readonly Backfill[]): Promise<readonly BackfillProgress[]>
  backfillPage(hook: string | undefined, page: PageRequest<string>): Promise<Page<Backfill>>
  backfillCount(hook: string | undefined): Promise<number>
}
