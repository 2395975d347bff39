import type { Principal } from '@strata/domain/identity'
import type { RunQueueEntry, RunViews } from '@strata/domain/run'

export interface RunServices {
  /** Runs as this caller may see them. */
  readonly viewsFor: (principal: Principal) => Omit<RunViews, 'openLog' | 'tails'>
  readonly queue: (first: number) => Promise<readonly RunQueueEntry[]>
  readonly cancel: (input: { id: string }, actor: string) => Promise<void>
  /** Returns the id of the new run. */
  readonly retry: (input: { id: string }, actor: string) => Promise<string>
}
