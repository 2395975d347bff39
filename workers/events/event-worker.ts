import type { Log } from '../log.ts'
import type { EventJob } from './event-jobs.ts'

export interface EventWorkerPorts {
  /** Acts on the event in one transaction; false when another delivery already did. */
  handle(eventId: string): Promise<boolean>
  /** Makes every log line of `work` carry the request's id. */
  runWithRequest<T>(request: { requestId: string }, work: () => T): T
  readonly log: Log
}

/** What is done with a job of the event queue, and with one that failed. */
export function eventWorker({ handle, runWithRequest, log }: EventWorkerPorts) {
  function within<T>({ requestId }: EventJob, work: () => T): T {
    return requestId === undefined ? work() : runWithRequest({ requestId }, work)
  }

  return {
    async process({ data }: { data: EventJob }): Promise<void> {
      await within(data, () => handle(data.eventId))
    },

    failed({ job, error, final }: { job: { data: EventJob; attempt: number }; error: Error; final: boolean }): void {
      const { eventId, type } = job.data
      const fields = { err: error, eventId, event: type, attempt: job.attempt }
      within(job.data, () => {
        if (final) log.error(fields, 'an event could not be handled; the reconciler brings it back later')
        else log.warn(fields, 'an event could not be handled; it is tried again')
      })
    },
  }
}
