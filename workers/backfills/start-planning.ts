import type { PlanningStep } from '@strata/domain/run'
import type { Log } from '../log.ts'
import { repeat, type Repeating } from '../relay/repeat.ts'

export interface PlanningOptions {
  readonly everyMs: number
  /** Backfills that have not ended. */
  readonly running: (limit: number) => Promise<readonly string[]>
  /** One step of one of them, in a transaction of its own. */
  readonly plan: (backfill: string) => Promise<PlanningStep>
  readonly log: Log
}

const backfillsAtOnce = 100

/** Plans backfills step by step, each in its turn. One that cannot be planned holds up none of the others. */
export function startPlanning({ everyMs, running, plan, log }: PlanningOptions): Repeating {
  async function step(backfill: string): Promise<boolean> {
    try {
      return (await plan(backfill)).goesOn
    } catch (err) {
      log.error({ err, backfill }, 'a backfill could not be planned; this is tried again')
      return false
    }
  }

  return repeat({
    everyMs,
    async task() {
      let goesOn = false
      for (const backfill of await running(backfillsAtOnce)) goesOn = (await step(backfill)) || goesOn
      return goesOn
    },
    failed: (err) => log.error({ err }, 'backfills could not be looked for; this is tried again'),
  })
}
