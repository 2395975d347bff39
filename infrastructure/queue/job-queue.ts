/**
 * Wakes workers; the truth is in Postgres. Jobs are delivered at least once, and a lost queue is refilled from Postgres, so a job's
 * data names rows, and its handler may run twice.
 */
export interface JobQueue {
  /** Adding an id that the queue already knows changes nothing. */
  add<Data>(queue: NamedQueue<Data>, job: JobRequest<Data>): Promise<void>
  addBulk<Data>(queue: NamedQueue<Data>, jobs: readonly JobRequest<Data>[]): Promise<void>
  /** Like `add`, but replaces an ended job with this id, so that it runs again. */
  requeue<Data>(queue: NamedQueue<Data>, job: JobRequest<Data>): Promise<void>
  /** Resolves when the processor is connected. */
  process<Data>(queue: NamedQueue<Data>, handler: JobHandler<Data>, o: ProcessOptions<Data>): Promise<JobProcessor>
  /** Calls the listener whenever the queue is reachable again after a lost connection, because it may have lost its jobs. */
  recovered(listener: () => void): void
  /** Rejects when the queue cannot be reached. */
  check(): Promise<void>
  /** Closes processors first (each finishes the jobs it holds), then the connections. */
  close(): Promise<void>
}

/** A queue's name and the type of its jobs' data. `parse` checks data from outside the process. */
export interface NamedQueue<Data> {
  readonly name: string
  parse(data: unknown): Data
}

export interface JobRequest<Data> {
  /** Any text without a colon that is not a whole number; usually the id of the row that the job is derived from. */
  readonly id: string
  readonly name: string
  readonly data: Data
  /** 1 is the most urgent; jobs without a priority go before all that have one. */
  readonly priority?: number
  /** Milliseconds until it may run. */
  readonly delay?: number
  /** How often it is tried. */
  readonly attempts?: number
  /** Milliseconds before the second attempt, doubled for each further one. */
  readonly backoff?: number
}

export interface Job<Data> {
  readonly id: string
  readonly name: string
  readonly data: Data
  /** 1 for the first. */
  readonly attempt: number
}

export type JobHandler<Data> = (job: Job<Data>) => Promise<void>

export interface ProcessOptions<Data> {
  readonly concurrency: number
  /** Called for each failed attempt. `final`: there is no further attempt. */
  readonly failed?: (failure: JobFailure<Data>) => void
}

export interface JobFailure<Data> {
  readonly job: Job<Data>
  readonly error: Error
  readonly final: boolean
}

export interface JobProcessor {
  close(): Promise<void>
}
