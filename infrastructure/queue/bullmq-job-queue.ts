import type { Job as BullJob, JobsOptions } from 'bullmq'
import type { Logger } from '../telemetry/index.ts'
import type { BackendQueue, QueueBackend } from './backend.ts'
import { isConnectionFault } from './connection-state.ts'
import type { Job, JobHandler, JobProcessor, JobQueue, JobRequest, NamedQueue, ProcessOptions } from './job-queue.ts'

export function bullmqJobQueue(backend: QueueBackend, log: Logger): JobQueue {
  const queues = new Map<string, OpenQueue>()
  const processors = new Set<JobProcessor>()
  const report = faultsOf(backend, log)

  function queueOf(name: string): Promise<BackendQueue> {
    const known = queues.get(name)
    if (known) return known.ready
    const queue = backend.queue(name)
    queue.on('error', (err) => report(err, { queue: name }, 'the queue had an error'))
    // BullMQ caches the outcome of the first connection, so a queue whose first connection failed would never recover.
    const ready = queue.waitUntilReady().then(
      () => queue,
      async (error: unknown) => {
        queues.delete(name)
        await queue.close()
        throw error
      },
    )
    queues.set(name, { queue, ready })
    return ready
  }

  return {
    async add(queue, job) {
      await (await queueOf(queue.name)).add(job.name, job.data, optionsOf(job))
    },
    async addBulk(queue, jobs) {
      await (await queueOf(queue.name)).addBulk(jobs.map((job) => ({ name: job.name, data: job.data, opts: optionsOf(job) })))
    },
    async requeue(queue, job) {
      const known = await (await queueOf(queue.name)).getJob(job.id)
      if (known && hasEnded(await known.getState())) await known.remove()
      await this.add(queue, job)
    },
    async process(queue, handler, o) {
      const processor = await startProcessor({ backend, log, report }, queue, handler, o)
      processors.add(processor)
      return {
        close: async () => {
          processors.delete(processor)
          await processor.close()
        },
      }
    },
    recovered: (listener) => backend.recovered(listener),
    check: () => backend.check(),
    async close() {
      await Promise.all([...processors].map((processor) => processor.close()))
      await Promise.all([...queues.values()].map(({ queue }) => soon(queue.close())))
      await backend.close()
    },
  }
}

interface OpenQueue {
  readonly queue: BackendQueue
  readonly ready: Promise<BackendQueue>
}

async function startProcessor<Data>(
  { backend, log, report }: { backend: QueueBackend; log: Logger; report: ReportFault },
  queue: NamedQueue<Data>,
  handler: JobHandler<Data>,
  o: ProcessOptions<Data>,
): Promise<JobProcessor> {
  const worker = backend.worker(queue.name, (job) => handler(jobOf(queue, job, job.attemptsMade + 1)), { concurrency: o.concurrency })
  worker.on('error', (err) => report(err, { queue: queue.name }, 'a worker of the queue had an error'))
  worker.on('failed', (job, error) => {
    // Without a job: the queue lost it while it ran. The code that derives this queue's jobs from rows adds it again.
    if (!job) return log.warn({ err: error, queue: queue.name }, 'a job failed that the queue no longer knows')
    o.failed?.({ job: jobOf(queue, job, job.attemptsMade), error, final: job.finishedOn !== undefined })
  })
  await worker.waitUntilReady()
  return { close: () => soon(worker.close()) }
}

/**
 * While its store is unavailable, BullMQ waits for it before it closes. Results that a worker has not reported by then are delivered again,
 * which every handler expects.
 */
async function soon(closing: Promise<void>): Promise<void> {
  closing.catch(() => {})
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, patienceMs)
  await Promise.race([closing, late.promise])
  clearTimeout(timer)
}

const patienceMs = 2_000

type ReportFault = (err: Error, fields: object, message: string) => void

/** Every queue and worker reports a lost connection repeatedly; the backend logs it once. */
function faultsOf({ connection }: QueueBackend, log: Logger): ReportFault {
  return (err, fields, message) => {
    if (isConnectionFault(err)) connection.lost(err)
    else log.warn({ err, ...fields }, message)
  }
}

function jobOf<Data>(queue: NamedQueue<Data>, job: BullJob, attempt: number): Job<Data> {
  if (job.id === undefined) throw new Error(`a job of the queue "${queue.name}" has no id`)
  return { id: job.id, name: job.name, data: queue.parse(job.data), attempt }
}

function optionsOf(job: JobRequest<unknown>): JobsOptions {
  return {
    jobId: job.id,
    attempts: job.attempts ?? 5,
    backoff: { type: 'exponential', delay: job.backoff ?? 1_000 },
    ...(job.priority === undefined ? {} : { priority: job.priority }),
    ...(job.delay === undefined ? {} : { delay: job.delay }),
    ...kept,
  }
}

/** How many ended jobs are kept for inspection; ages are in seconds. */
const kept = {
  removeOnComplete: { count: 1_000, age: 24 * 3_600 },
  removeOnFail: { count: 5_000, age: 14 * 24 * 3_600 },
}

function hasEnded(state: string): boolean {
  return state === 'completed' || state === 'failed'
}
