import type { Log } from '../log.ts'
import { repeat } from '../relay/repeat.ts'

/** One batch of each; what they return is how many runs it held. */
export interface RunTasks {
  /** Makes jobs of runs that wait. */
  queue(limit: number): Promise<number>
  /** Puts runs back whose worker went silent. */
  release(limit: number): Promise<number>
  /** Removes what dead workers left running or lying about on this machine. */
  sweep(): Promise<number>
  /** Puts away the files of runs that ended without that; returns how many runs. */
  putAway(): Promise<number>
}

export interface RunPollPace {
  readonly pollMs: number
  readonly reconcileMs: number
}

export interface RunUpkeep {
  /** There may be runs that wait. */
  wake(): void
  /** Something may be removable now that was not before. */
  sweep(): void
  close(): Promise<void>
}

/** Both ways: rows that the queue does not know of become jobs, and runs whose job died become rows that wait. */
export function startUpkeep({ tasks, pace, log }: { tasks: RunTasks; pace: RunPollPace; log: Log }): RunUpkeep {
  const queue = repeat({
    everyMs: pace.pollMs,
    task: async () => (await tasks.queue(200)) === 200,
    failed: (err) => log.error({ err }, 'runs could not be handed to the queue; this is tried again'),
  })
  const release = repeat({
    everyMs: pace.reconcileMs,
    task: async () => {
      const runs = await tasks.release(200)
      if (runs > 0) {
        log.warn({ runs }, 'runs whose worker went silent were put back')
        queue.wake()
      }
      return runs === 200
    },
    failed: (err) => log.error({ err }, 'runs without a worker could not be looked for; this is tried again'),
  })
  const sweep = repeat({
    everyMs: pace.reconcileMs * 4,
    task: async () => {
      const removed = await tasks.sweep()
      if (removed > 0) log.warn({ removed }, 'hooks that a dead worker had left running were removed')
      return false
    },
    failed: (err) => log.error({ err }, 'what dead workers left could not be removed; this is tried again'),
  })
  const putAway = repeat({
    everyMs: pace.reconcileMs * 4,
    task: async () => {
      const runs = await tasks.putAway()
      if (runs > 0) log.info({ runs }, 'files of runs were put away that their workers had left')
      return false
    },
    failed: (err) => log.error({ err }, 'files of runs could not be put away; this is tried again'),
  })
  return {
    wake: () => queue.wake(),
    sweep: () => sweep.wake(),
    close: async () => void (await Promise.all([queue.close(), release.close(), sweep.close(), putAway.close()])),
  }
}
