import type { HookName } from '@strata/domain/shared'
import type { ReleaseId } from './release.ts'

/** One move of a live pointer. The log is append-only and linear: each event starts where the one before it ended. */
export interface PointerEvent {
  readonly id: string
  readonly hook: HookName
  /** 1, 2, 3 … per hook. */
  readonly position: number
  readonly from?: ReleaseId
  readonly to: ReleaseId
  readonly actor: string
  readonly reason?: string
  readonly at: Date
}
