import type { HookName, Slug } from '@strata/domain/shared'

/** The order in which waiting runs start. */
const batchPriorities = ['INTERACTIVE', 'BULK', 'BACKFILL'] as const
export type BatchPriority = (typeof batchPriorities)[number]

export const maxBatchSize = 1_000

/** Records that go through hooks together, with the live release of each hook when the batch was created. */
export interface NewBatch {
  readonly id: string
  readonly convention: Slug
  readonly priority: BatchPriority
  readonly recordIds: readonly string[]
  /** Whether these are candidates instead of records. Hooks then get the candidates' stored input. */
  readonly candidates: boolean
  readonly cause: BatchCause
  readonly runs: readonly NewRun[]
}

/**
 * What a batch was created for. Each event creates each of its batches once, even if it is delivered again; a run gets at most one
 * batch that retries its errors. Another release takes over candidates whose own release is no longer live.
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
  /** The run that this one reproduces. */
  readonly reproduces?: string
}

/** The actor and request that caused the work, recorded on everything that results from it. */
export interface Origin {
  readonly actor: string
  readonly requestId: string | undefined
}

/** Port: batches, within the transaction of the use case. */
export interface BatchStore {
  /** Returns false and inserts nothing if a batch of this cause exists. */
  insert(batch: NewBatch, origin: Origin): Promise<boolean>
  /**
   * Adds the records to the newest batch with the same releases, convention and actor, if none of its runs has started and it has
   * room. Returns false and adds nothing if there is no such batch.
   */
  gather(
    batch: Pick<NewBatch, 'convention' | 'priority' | 'recordIds'> & { readonly releases: readonly string[] },
    origin: Origin,
  ): Promise<boolean>
  /** Whether the last run of the batch has just ended. The runs that end ask one at a time. */
  end(batchId: string): Promise<boolean>
}
