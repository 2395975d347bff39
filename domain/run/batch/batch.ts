import type { HookName, Slug } from '@strata/domain/shared'

/** Whose runs go first, in this order. */
const batchPriorities = ['INTERACTIVE', 'BULK', 'BACKFILL'] as const
export type BatchPriority = (typeof batchPriorities)[number]

export const maxBatchSize = 1_000

/** Records that go through hooks together, and for each hook the release that was live when the batch was made. */
export interface NewBatch {
  readonly id: string
  readonly convention: Slug
  readonly priority: BatchPriority
  readonly recordIds: readonly string[]
  /** Whether they are candidates and not records yet: hooks are then handed what was kept of those. */
  readonly candidates: boolean
  readonly cause: BatchCause
  readonly runs: readonly NewRun[]
}

/**
 * An event makes each of its batches once, however often it is delivered; a run has at most one batch that takes up its
 * errors. Another release takes over candidates that wait for one which is no longer live.
 */
export type BatchCause =
  | { readonly kind: 'event'; readonly eventId: string; readonly part: number }
  | { readonly kind: 'retryable errors'; readonly follows: string; readonly round: number }
  | { readonly kind: 'another release' }
  | { readonly kind: 'backfill'; readonly backfill: string }
  | { readonly kind: 'reproduction' }

interface NewRun {
  readonly id: string
  readonly hook: HookName
  readonly releaseId: string
  readonly memoryBytes: number
  /** The run that this one does again for comparison. */
  readonly reproduces?: string
}

/** Who asked, and in which request; it is written on everything that comes of it. */
export interface Origin {
  readonly actor: string
  readonly requestId: string | undefined
}

/** Port: batches, within the transaction of the use case. */
export interface BatchStore {
  /** False, and nothing inserted, when there is a batch of this cause already. */
  insert(batch: NewBatch, origin: Origin): Promise<boolean>
  /**
   * Adds the records to the newest batch that waits for just these releases, over records of the same convention that the same person
   * published, if none of its runs was ever begun and it has room. False, and nothing added, when there is no such batch.
   */
  gather(
    batch: Pick<NewBatch, 'convention' | 'priority' | 'recordIds'> & { readonly releases: readonly string[] },
    origin: Origin,
  ): Promise<boolean>
  /** Whether the last run of the batch has just ended; it is asked by each run that ends, one after the other. */
  end(batchId: string): Promise<boolean>
}
