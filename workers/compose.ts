import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import {
  defaultFailurePolicy,
  finishRun,
  queueRuns,
  startBatch,
  type FailurePolicy,
  type HookRunner,
  type RunQueue,
} from '@strata/domain/run'
import {
  handleEvent,
  reconcileOutbox,
  relayOutbox,
  type EventHandlers,
  type EventNotice,
  type EventQueue,
  type Patience,
} from '@strata/domain/shared'
import { untilAskedToStop, type Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { openQueue, type JobQueue, type JobRequest } from '@strata/infrastructure/queue'
import { createModuleRunner, runWorkspace } from '@strata/infrastructure/runner'
import { createLogger, runWithRequest, type Logger } from '@strata/infrastructure/telemetry'
import { eventJobs, type EventJob } from './events/event-jobs.ts'
import { eventWorker } from './events/event-worker.ts'
import { eventHandlers } from './events/handlers.ts'
import { startRelay, type RelayPace, type RelayTasks } from './relay/start-relay.ts'
import { admission } from './runs/admission.ts'
import type { RunPace, RunPorts, Stage } from './runs/ports.ts'
import { jobPriorities, runJobs } from './runs/run-jobs.ts'
import { hookWorker } from './runs/hook-worker.ts'
import { startUpkeep } from './runs/start-runs.ts'

export interface WorkerOptions {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  readonly queue: JobQueue
  readonly pace?: Partial<WorkerPace>
  /** What is done about events; the archive's own handlers unless told otherwise. */
  readonly handlersFor?: (tx: postgres.Transaction) => EventHandlers
  /** What runs hooks; the runner that the configuration names unless told otherwise. */
  readonly runners?: readonly HookRunner[]
  readonly policy?: Partial<FailurePolicy>
  /** Told of each stage that a run comes to. */
  readonly reached?: (stage: Stage, run: string) => Promise<void>
}

export interface WorkerPace extends RelayPace, RunPace {
  readonly patience: Patience
  /** Milliseconds before a failed event is tried the second time. */
  readonly backoff: number
  readonly attempts: number
  readonly keepHandledDays: number
  readonly concurrency: number
}

const usualPace: WorkerPace = {
  pollMs: 2_000,
  reconcileMs: 15_000,
  sweepMs: 3_600_000,
  patience: { seconds: 60, atMostSeconds: 3_600 },
  backoff: 1_000,
  attempts: 5,
  keepHandledDays: 7,
  concurrency: 4,
  leaseSeconds: 30,
  heartbeatMs: 3_000,
  admissionMs: 3_000,
  maxLogBytes: 8 * 2 ** 20,
  maxOutputBytes: 4 * 2 ** 30,
  maxLeases: 10,
}

export interface RunningWorker {
  close(): Promise<void>
}

export async function composeWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { database, queue, log } = options
  const pace = { ...usualPace, ...options.pace }

  const worker = eventWorker({
    log,
    runWithRequest,
    handle: (eventId) =>
      postgres.transaction(database, (tx) =>
        handleEvent({ inbox: postgres.eventInbox(tx), handlers: handlersOf(tx, eventId, options) }, eventId),
      ),
  })
  const processor = await queue.process(eventJobs, worker.process, { concurrency: pace.concurrency, failed: worker.failed })
  const relay = startRelay({ tasks: relayTasks(database, eventQueue(queue, pace), pace), pace, log })
  const listening = postgres.listen({
    url: database.url,
    channel: 'strata_outbox',
    heard: relay.wake,
    lost: (err) => log.warn({ err }, 'the outbox is not listened to and looked at now and then instead; listening is tried again'),
  })

  const runs = await composeRuns(options, pace)

  return {
    async close() {
      await Promise.all([listening.close(), relay.close(), runs.close()])
      await processor.close()
    },
  }
}

function handlersOf(tx: postgres.Transaction, eventId: string, { log, handlersFor }: WorkerOptions): EventHandlers {
  if (handlersFor) return handlersFor(tx)
  return eventHandlers({
    log,
    startBatch: async (batch) => {
      const ports = { liveReleases: postgres.liveReleases(tx), batches: postgres.batchStore(tx) }
      return startBatch(ports, { ...batch, eventId }, await postgres.originOfEvent(tx, eventId))
    },
  })
}

/** Takes runs from the queue and carries them out, and keeps the queue and the runs' rows in step. */
async function composeRuns(options: WorkerOptions, pace: WorkerPace): Promise<RunningWorker> {
  const { config, log, database, queue } = options
  const runners = options.runners ?? (await openRunners(options))
  const worker = hookWorker(runPorts(options, runners, pace))
  const processor = await queue.process(
    runJobs,
    ({ data }) =>
      data.requestId === undefined ? worker.process(data) : runWithRequest({ requestId: data.requestId }, () => worker.process(data)),
    {
      // Some wait for memory or their hook's turn while others run.
      concurrency: config.runs.concurrency * 2,
      failed: ({ job, error }) => log.error({ err: error, run: job.data.run }, 'a run stopped by a fault of the archive; it is taken up again'),
    },
  )
  const upkeep = startUpkeep({
    log,
    pace,
    tasks: {
      queue: (limit) =>
        postgres.transaction(database, (tx) =>
          queueRuns({ runs: postgres.waitingRuns(tx), queue: runQueue(queue) }, { limit, patienceSeconds: pace.patience.seconds }),
        ),
      release: (limit) => postgres.transaction(database, (tx) => postgres.waitingRuns(tx).releaseExpired(limit)),
      sweep: async () => {
        const removed = await Promise.all(runners.map((runner) => runner.removeLeftovers((attempt) => postgres.isRunning(database, attempt))))
        return removed.flat().length
      },
    },
  })
  const hear = (channel: string, heard: () => void) =>
    postgres.listen({
      url: database.url,
      channel,
      heard,
      lost: (err) => log.warn({ err, channel }, 'the database is not listened to and looked at now and then instead; listening is tried again'),
    })
  const listening = [hear('strata_runs', upkeep.wake), hear('strata_cancel', worker.look)]
  return {
    async close() {
      await Promise.all([...listening.map((each) => each.close()), upkeep.close()])
      await worker.stop()
      await processor.close()
    },
  }
}

/** Modules run anywhere, so every worker runs them; what else it runs is configured. */
async function openRunners({ config, log, database }: WorkerOptions): Promise<readonly HookRunner[]> {
  const modules = await createModuleRunner({
    stateDir: join(config.dataDir, 'modules'),
    source: (digest) => postgres.moduleSource(database, digest),
    onWeakness: (weakness) => log.warn({ weakness }, 'hooks are held less tightly than they could be'),
  })
  return [modules]
}

function runPorts({ config, log, database, queue, policy, reached }: WorkerOptions, runners: readonly HookRunner[], pace: WorkerPace): RunPorts {
  const { runs } = config
  return {
    leases: postgres.runLeases(database),
    inputs: postgres.runInputs(database),
    workspace: runWorkspace(join(config.dataDir, 'runs'), postgres.stageRows),
    runnerFor: (type) => runners.find((runner) => runner.runs.includes(type)),
    async postpone(data, priority) {
      // Marked, so that nobody takes it for forgotten; another id, because this job has not ended yet.
      await postgres.transaction(database, (tx) => postgres.waitingRuns(tx).markQueued([data.run]))
      const job = { id: `${data.run}-${randomUUID()}`, name: 'postponed', data, priority: jobPriorities[priority], delay: 1_000, attempts: 1 }
      await queue.add(runJobs, job)
    },
    finish: (input) =>
      postgres.transaction(database, async (tx) => {
        const ports = { runs: postgres.runEndings(tx), rows: postgres.featureRowStore(tx), batches: postgres.batchStore(tx) }
        const ended = await finishRun({ ...ports, outbox: postgres.outbox(tx, 'strata:worker') }, input)
        await reached?.('inserted', input.lease.run)
        return ended
      }),
    admission: admission(runs),
    policy: { ...defaultFailurePolicy, maxMemoryBytes: Math.min(defaultFailurePolicy.maxMemoryBytes, runs.memoryBytes), ...policy },
    pace,
    log,
    worker: `${hostname()}:${process.pid}`,
    reached: reached ?? (() => Promise.resolve()),
  }
}

function runQueue(queue: JobQueue): RunQueue {
  return {
    async add(notices) {
      for (const { run, hook, leases, priority, requestId } of notices) {
        // A run that came back is another job: the one before may still count as being worked on.
        const job = { id: `${run}-${leases}`, name: hook, data: { run, requestId }, priority: jobPriorities[priority], attempts: 1 }
        await queue.requeue(runJobs, job)
      }
    },
  }
}

/** `STRATA_ROLE=worker`: works until it is asked to stop, and finishes the jobs it holds. */
export async function runWorker(config: Config): Promise<void> {
  const worker = await openWorker(config)
  await untilAskedToStop()
  await worker.close()
}

/** A worker as a process of its own, on the database and the queue that the configuration names. */
export async function openWorker(config: Config): Promise<RunningWorker> {
  const log = createLogger(config.log, 'worker')
  const databaseUrl = config.databaseUrl
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set; a worker needs it.')
  await using parts = new AsyncDisposableStack()
  const database = postgres.openDatabase({ url: databaseUrl, poolSize: config.databasePoolSize, name: 'strata worker' })
  parts.defer(() => database.close())
  const queue = await openQueue({ databaseUrl, redisUrl: config.redisUrl, log })
  parts.defer(() => queue.close())
  const worker = await composeWorker({ config, log, database, queue })
  parts.defer(() => worker.close())

  log.info({ queue: config.redisUrl === undefined ? 'postgres' : 'redis' }, 'worker ready')
  const running = parts.move()
  return { close: () => running.disposeAsync() }
}

function relayTasks(database: postgres.Database, queue: EventQueue, { patience, keepHandledDays }: WorkerPace): RelayTasks {
  return {
    relay: (limit) =>
      postgres.transaction(database, (tx) => relayOutbox({ events: postgres.unrelayedEvents(tx), queue }, { limit })),
    reconcile: (limit) =>
      postgres.transaction(database, (tx) => reconcileOutbox({ events: postgres.overdueEvents(tx), queue }, { patience, limit })),
    sweep: (limit) => postgres.transaction(database, (tx) => postgres.deleteHandledEvents(tx, { days: keepHandledDays, limit })),
  }
}

function eventQueue(queue: JobQueue, { attempts, backoff }: WorkerPace): EventQueue {
  const jobOf = (notice: EventNotice): JobRequest<EventJob> => ({
    id: notice.eventId,
    name: notice.type,
    data: notice,
    attempts,
    backoff,
  })
  return {
    add: (notices) => queue.addBulk(eventJobs, notices.map(jobOf)),
    async requeue(notices) {
      for (const notice of notices) await queue.requeue(eventJobs, jobOf(notice))
    },
  }
}
