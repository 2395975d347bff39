import type { HookName } from '@strata/domain/shared'

/** The effective outcome of a hook for a record. */
export interface RecordOutcome {
  readonly hook: HookName
  readonly status: 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED' | 'MISSING'
  readonly rowCount: number
  readonly stale: boolean
  /** Undefined for MISSING. */
  readonly made?: {
    readonly run: string
    readonly release: string
    readonly at: Date
    readonly reason?: string
  }
}
