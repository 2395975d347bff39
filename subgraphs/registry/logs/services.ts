import type { Principal } from '@strata/domain/identity'
import type { RunViews } from '@strata/domain/run'

export interface LogServices {
  /** Logs of runs as this caller may see them. */
  readonly viewsFor: (principal: Principal) => Pick<RunViews, 'openLog' | 'tails'>
}
