import type { Principal } from '@strata/domain/identity'
import type { RunViews } from '@strata/domain/run'

/** What the route of logs needs. */
export interface LogServices {
  /** Who calls; a refusal when the caller may not call this service at all. */
  callerOf(headers: Readonly<Record<string, string | undefined>>): Promise<Principal>
  runsFor(principal: Principal): RunViews
}
