import type { Job, Queue, Worker, WorkerOptions } from 'bullmq'
import type { ConnectionState } from './connection-state.ts'

/** Where BullMQ keeps its jobs. Queues and workers are the same on both. */
export interface QueueBackend {
  queue(name: string): BackendQueue
  worker(name: string, processor: (job: Job) => Promise<void>, o: Omit<WorkerOptions, 'connection' | 'prefix'>): BackendWorker
  /** Calls the listener whenever a lost connection is back. */
  recovered(listener: () => void): void
  /** Rejects when the store of the jobs cannot be reached. */
  check(): Promise<void>
  readonly connection: ConnectionState
  /** After every queue and worker is closed. */
  close(): Promise<void>
}

/** BullMQ's classes, without the type parameter for their backend. */
export interface BackendQueue extends Pick<Queue, 'add' | 'addBulk' | 'getJob' | 'close'> {
  waitUntilReady(): Promise<unknown>
  on(event: 'error', listener: (err: Error) => void): unknown
}

interface BackendWorker extends Pick<Worker, 'close'> {
  waitUntilReady(): Promise<unknown>
  on(event: 'error', listener: (err: Error) => void): unknown
  on(event: 'failed', listener: (job: Job | undefined, err: Error) => void): unknown
}
