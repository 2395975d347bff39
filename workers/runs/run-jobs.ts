import type { BatchPriority } from '@strata/domain/run'

/** What a job of the run queue carries: where to find the run. */
export interface RunJobData {
  readonly run: string
  readonly requestId: string | undefined
}

export const runJobs = { name: 'runs', parse: parseRunJob }

/** 1 is the most urgent. */
export const jobPriorities: { readonly [Priority in BatchPriority]: number } = { INTERACTIVE: 1, BULK: 2, BACKFILL: 3 }

function parseRunJob(data: unknown): RunJobData {
  if (typeof data === 'object' && data !== null && 'run' in data && typeof data.run === 'string') {
    const requestId = 'requestId' in data && typeof data.requestId === 'string' ? data.requestId : undefined
    return { run: data.run, requestId }
  }
  throw new Error(`this is not a job of the queue "runs": ${JSON.stringify(data)}`)
}
