import type { Log } from '../log.ts'
import { repeat, type Repeating } from '../relay/repeat.ts'

export interface ErasingOptions {
  readonly everyMs: number
  /** Makes removals again that a restored database does not know; returns how many. */
  readonly apply: () => Promise<number>
  /** Does what removals still have to do; returns how many steps. */
  readonly erase: () => Promise<number>
  readonly log: Log
}

/** At the start, applies the storage's log of removals, until that has worked once. From then on, erases what removals left to do. */
export function startErasing({ everyMs, apply, erase, log }: ErasingOptions): Pick<Repeating, 'close'> {
  let isApplied = false
  return repeat({
    everyMs,
    task: async () => {
      if (!isApplied) {
        const records = await apply()
        isApplied = true
        if (records > 0) log.warn({ records }, 'records were removed again: the database was older than the log of removals in the storage')
      }
      const steps = await erase()
      if (steps > 0) log.info({ steps }, 'erased what the removal of records left to do')
      return false
    },
    failed: (err) => log.error({ err }, 'the removal of records could not be completed; this is tried again'),
  })
}
