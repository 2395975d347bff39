import type { HookName } from '@strata/domain/shared'

/** What a hook made of a record, by the release that counts. */
export interface RecordOutcome {
  readonly hook: HookName
  readonly status: 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED' | 'MISSING'
  readonly rowCount: number
  readonly stale: boolean
  /** Of a result; MISSING has none. */
  readonly made?: {
    readonly run: string
    readonly release: string
    readonly at: Date
    readonly reason?: string
  }
}
