import type { Decided, WhichCandidates } from '@strata/domain/run'
import type { Log } from '../log.ts'

/** Port: notifies the origins of candidates of their verdicts, in the event's own transaction. */
export type Decide = (which: WhichCandidates) => Promise<Decided>

/** Something happened that candidates may have waited for. */
export type Reconsider = (which: WhichCandidates) => Promise<void>

export function reconsider({ log, decide }: { log: Log; decide: Decide }): Reconsider {
  return async (which) => {
    const { decided, restarted, stuck } = await decide(which)
    const fields = { ...which, decided, restarted, stuck }
    if (stuck > 0) log.warn(fields, 'candidates wait for a run that the machinery broke; mend it and retry the run')
    else if (decided + restarted > 0) log.info(fields, 'candidates decided on')
  }
}
