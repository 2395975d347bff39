import type { BatchPriority, ProgramRunner, RunQueue, UnreadyRuntimes } from '@strata/domain/run'
import { runWorker } from './run-worker.ts'
import type { RunPorts } from './ports.ts'
import { jobPriorities, runJobs, type RunJobData } from './run-jobs.ts'
import { startUpkeep, type RunPollPace, type RunTasks } from './upkeep.ts'

export interface StartRunsOptions {
  readonly ports: Omit<RunPorts, 'postpone' | 'shelve' | 'runWithRequest'>
  readonly queue: RunJobQueue
  readonly tasks: Pick<RunTasks, 'release'> & {
    /** Makes jobs of runs that wait, in one transaction. */
    queue(queue: RunQueue, limit: number, except: UnreadyRuntimes): Promise<number>
    /** The queue has a job for the run, so the run does not count as forgotten. */
    markQueued(run: string): Promise<void>
    /** Notes that the queue may have no jobs any more. */
    tellAgain(): Promise<void>
    /** Notes that the queue has no job for the run any more. */
    shelve(run: string): Promise<void>
    /** Puts away what dead workers left; returns how many runs' files. */
    putAway(): Promise<number>
    isLive(attempt: { readonly runId: string; readonly attempt: number }): Promise<boolean>
  }
  readonly runners: readonly ProgramRunner[]
  readonly pace: RunPollPace
  readonly concurrency: number
  readonly listen: (channel: string, heard: () => void) => Closing
  /** Makes every log line of `work` carry the request's id. */
  readonly runWithRequest: <T>(request: { requestId: string }, work: () => T) => T
}

interface Closing {
  close(): Promise<void>
}

/** Port: what is needed of the queue. */
interface RunJobQueue {
  add(queue: typeof runJobs, job: RunJob): Promise<void>
  requeue(queue: typeof runJobs, job: RunJob): Promise<void>
  recovered(listener: () => void): void
  process(
    queue: typeof runJobs,
    handler: (job: { readonly data: RunJobData }) => Promise<void>,
    o: { concurrency: number; failed(failure: { readonly job: { readonly data: RunJobData }; readonly error: Error }): void },
  ): Promise<Closing>
}

interface RunJob {
  readonly id: string
  readonly name: string
  readonly data: RunJobData
  readonly priority: number
  readonly attempts: number
  readonly delay?: number
}

/** Takes runs from the queue and carries them out, and keeps the queue and the runs' rows in step. */
export async function startRuns(o: StartRunsOptions): Promise<Closing> {
  const { log, readiness } = o.ports
  const worker = runWorker({
    ...o.ports,
    postpone: (data, priority) => postpone(o, data, priority),
    shelve: ({ run }) => o.tasks.shelve(run),
    runWithRequest: (requestId, work) => (requestId === undefined ? work() : o.runWithRequest({ requestId }, work)),
  })
  const processor = await o.queue.process(runJobs, ({ data }) => worker.process(data), {
    // Some wait for memory or their hook's turn while others run.
    concurrency: o.concurrency * 2,
    failed: ({ job, error }) =>
      log.error({ err: error, run: job.data.run }, 'a run stopped by a fault of the archive; it is taken up again'),
  })
  let mayHaveForgotten = false
  const upkeep = startUpkeep({
    log,
    pace: o.pace,
    tasks: {
      async queue(limit) {
        if (mayHaveForgotten) {
          await o.tasks.tellAgain()
          mayHaveForgotten = false
        }
        return o.tasks.queue(runQueue(o.queue), limit, readiness.unready())
      },
      release: (limit) => o.tasks.release(limit),
      putAway: () => o.tasks.putAway(),
      sweep: () => sweep(o),
    },
  })
  o.queue.recovered(() => {
    mayHaveForgotten = true
    upkeep.wake()
  })
  readiness.changed(({ runnerBack }) => {
    upkeep.wake()
    // A container may have outlived a killed engine.
    if (runnerBack) upkeep.sweep()
  })
  const listening = [o.listen('strata_runs', upkeep.wake), o.listen('strata_cancel', worker.look)]
  return {
    async close() {
      await Promise.all([...listening.map((each) => each.close()), upkeep.close()])
      await worker.stop()
      await readiness.close()
      await processor.close()
    },
  }
}

async function sweep({ runners, tasks, ports }: StartRunsOptions): Promise<number> {
  const there = runners.filter((runner) => !ports.readiness.isAway(runner))
  return (await Promise.all(there.map((runner) => runner.removeLeftovers(tasks.isLive)))).flat().length
}

async function postpone({ tasks, queue }: StartRunsOptions, data: RunJobData, priority: BatchPriority): Promise<void> {
  await tasks.markQueued(data.run)
  // Another id, because the job that found no room has not ended yet.
  const id = `${data.run}-${crypto.randomUUID()}`
  await queue.add(runJobs, { id, name: 'postponed', data, priority: jobPriorities[priority], delay: 1_000, attempts: 1 })
}

function runQueue(queue: RunJobQueue): RunQueue {
  return {
    async add(notices) {
      for (const { run, hook, leases, priority, requestId } of notices) {
        // A run that came back is another job: the one before may still count as being worked on.
        const id = `${run}-${leases}`
        await queue.requeue(runJobs, { id, name: hook, data: { run, requestId }, priority: jobPriorities[priority], attempts: 1 })
      }
    },
  }
}
