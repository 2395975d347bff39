import { sweepFiles } from '@strata/domain/record'
import { planBackfill, type FailurePolicy, type ProgramRunner } from '@strata/domain/run'
import {
  handleEvent,
  reconcileOutbox,
  relayOutbox,
  type EventHandlers,
  type EventNotice,
  type EventQueue,
  type Patience,
  type Storage,
} from '@strata/domain/shared'
import { closingWithin, untilAskedToStop, version, type Config } from '@strata/infrastructure/environment'
import { createHttpApp, healthRoutes, listen, refuseTakenPort } from '@strata/infrastructure/http'
import * as postgres from '@strata/infrastructure/postgres'
import { openQueue, queuePart, type JobQueue, type JobRequest } from '@strata/infrastructure/queue'
import { requireEngine } from '@strata/infrastructure/runner'
import { openStorage, storagePart } from '@strata/infrastructure/storage'
import { createLogger, runWithRequest, type Logger } from '@strata/infrastructure/telemetry'
import { startPlanning } from './backfills/start-planning.ts'
import { databaseCircuit, type DatabaseCircuit } from './database/database-circuit.ts'
import { eventJobs, type EventJob } from './events/event-jobs.ts'
import { eventWorker } from './events/event-worker.ts'
import { composeHandlers } from './events/compose.ts'
import { startFileSweep } from './files/start-file-sweep.ts'
import { removalTasks } from './removals/compose.ts'
import { startErasing } from './removals/start-erasing.ts'
import { startRelay, type RelayPace, type RelayTasks } from './relay/start-relay.ts'
import { composeRuns } from './runs/compose.ts'
import type { RunPace, Stage } from './runs/ports.ts'
import { startRuns } from './runs/start-runs.ts'

export { adviceFor, findingCount, parseSample, reportOf, type Verification, type VerifyProgress } from '@strata/domain/verification'
export { composeVerifier, type Verifier } from './verifying/compose.ts'

export interface WorkerOptions {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  readonly queue: JobQueue
  readonly storage: Storage
  readonly pace?: Partial<WorkerPace>
  /** The handlers of events. Default: the archive's own. */
  readonly handlersFor?: (tx: postgres.Transaction) => EventHandlers
  /** The runners of hooks. Default: the configured ones. */
  readonly runners?: readonly ProgramRunner[]
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
  readonly fileSweepMs: number
  readonly concurrency: number
  /** How often to check again a runner that does not answer. */
  readonly absence: { readonly firstMs: number; readonly atMostMs: number }
}

const usualPace: WorkerPace = {
  pollMs: 2_000,
  reconcileMs: 15_000,
  sweepMs: 3_600_000,
  patience: { seconds: 60, atMostSeconds: 3_600 },
  backoff: 1_000,
  attempts: 5,
  keepHandledDays: 7,
  fileSweepMs: 900_000,
  concurrency: 4,
  leaseSeconds: 30,
  heartbeatMs: 3_000,
  admissionMs: 3_000,
  maxLogBytes: 8 * 2 ** 20,
  maxOutputBytes: 4 * 2 ** 30,
  maxLeases: 10,
  absence: { firstMs: 500, atMostMs: 15_000 },
}

export interface RunningWorker {
  close(): Promise<void>
}

export async function composeWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { database, log } = options
  const pace = { ...usualPace, ...options.pace }
  const circuit = databaseCircuit({
    ask: () => database.pool.query('select 1'),
    mayBeAway: (fault) => postgres.unavailableFault(fault) !== undefined,
    log,
    pace: pace.absence,
  })
  const queue = patient(options.queue, circuit)

  const worker = eventWorker({
    log,
    runWithRequest,
    handle: (eventId) =>
      postgres.transaction(database, (tx) =>
        handleEvent(
          {
            inbox: postgres.eventInbox(tx),
            handlers: options.handlersFor?.(tx) ?? composeHandlers(tx, { eventId, domain: options.config.domain, log }),
          },
          eventId,
        ),
      ),
  })
  const processor = await queue.process(eventJobs, worker.process, { concurrency: pace.concurrency, failed: worker.failed })
  const relay = startRelay({ tasks: eachThrough(circuit, relayTasks(database, eventQueue(queue, pace), pace)), pace, log })
  queue.recovered(relay.queueIsBack)
  const fileSweep = startFileSweep({ everyMs: pace.fileSweepMs, sweep: through(circuit, fileSweeper(options)), log })
  const erasing = startErasing({ everyMs: pace.reconcileMs, log, ...eachThrough(circuit, removalTasks(options)) })
  const planning = startPlanning({ everyMs: pace.pollMs, log, ...eachThrough(circuit, planningTasks(database)) })
  const listen = (channel: string, heard: () => void) => listenTo(options, circuit, channel, heard)
  const listening = listen('strata_outbox', relay.wake)
  const pipeline = await composeRuns({ ...options, queue, pace, listen })
  const runs = await startRuns({ ...pipeline, tasks: eachThrough(circuit, pipeline.tasks) })

  return {
    async close() {
      await circuit.close()
      await Promise.all([listening.close(), relay.close(), fileSweep.close(), erasing.close(), planning.close(), runs.close()])
      await processor.close()
    },
  }
}

function planningTasks(database: postgres.Database) {
  return {
    running: (limit: number) => postgres.runningBackfills(database, limit),
    plan: (backfill: string) =>
      postgres.transaction(database, (tx) =>
        planBackfill(
          { backfills: postgres.backfillStore(tx), records: postgres.planningRecords(tx), batches: postgres.batchStore(tx) },
          backfill,
        ),
      ),
  }
}

/** The same queue, whose jobs wait in place while the database is away. */
function patient(queue: JobQueue, circuit: DatabaseCircuit): JobQueue {
  return { ...queue, process: (name, handler, o) => queue.process(name, through(circuit, handler), o) }
}

function through<Given extends unknown[], T>(
  circuit: DatabaseCircuit,
  work: (...given: Given) => Promise<T>,
): (...given: Given) => Promise<T> {
  return (...given) => circuit.through(() => work(...given))
}

function eachThrough<Tasks extends object>(circuit: DatabaseCircuit, tasks: Tasks): Tasks {
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, through(circuit, task)])) as Tasks
}

function listenTo({ database, log }: WorkerOptions, circuit: DatabaseCircuit, channel: string, heard: () => void): postgres.Listening {
  return postgres.listen({
    url: database.url,
    channel,
    heard,
    async lost(err) {
      if (await circuit.examine(err)) return
      log.warn({ err, channel }, 'the database is not listened to and looked at now and then instead; listening is tried again')
    },
  })
}

/** `STRATA_ROLE=worker`: works until it is asked to stop, and finishes the jobs it holds. */
export async function runWorker(config: Config): Promise<void> {
  await refuseTakenPort(config)
  requireEngine(config)
  const worker = await openWorker(config, { health: true })
  await untilAskedToStop()
  await worker.close()
}

/** A worker as a process of its own, on the database and the queue that the configuration names. */
export async function openWorker(config: Config, { health = false } = {}): Promise<RunningWorker> {
  const log = createLogger(config.log, 'worker')
  const databaseUrl = config.databaseUrl
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set; a worker needs it.')
  await using parts = new AsyncDisposableStack()
  const closing = closingWithin(log)
  await postgres.migrate(databaseUrl)
  const database = postgres.openDatabase({
    url: databaseUrl,
    poolSize: config.databasePoolSize,
    name: 'strata worker',
    // No page waits for this pool, so background work has no time limit for a statement.
    statementTimeouts: { query: config.limits.statementTimeouts.transaction, transaction: config.limits.statementTimeouts.transaction },
  })
  parts.defer(closing('database', () => database.close()))
  const queue = await openQueue({ databaseUrl, redisUrl: config.redisUrl, log })
  parts.defer(closing('queue', () => queue.close()))
  const storage = openStorage(config)
  const worker = await composeWorker({ config, log, database, queue, storage })
  parts.defer(closing('worker', () => worker.close()))
  if (health) {
    const app = createHttpApp({ log, maxBodyBytes: 1_024, reads: config.reads })
    healthRoutes(app, {
      version,
      log,
      parts: [postgres.databasePart('database', database), queuePart(queue, config.redisUrl), storagePart(config, storage)],
    })
    await listen(app, config)
    parts.defer(closing('health', () => app.close()))
  }

  log.info({ queue: config.redisUrl === undefined ? 'postgres' : 'redis' }, 'worker ready')
  const running = parts.move()
  return { close: () => running.disposeAsync() }
}

function relayTasks(database: postgres.Database, queue: EventQueue, { patience, keepHandledDays }: WorkerPace): RelayTasks {
  return {
    tellAgain: () => postgres.transaction(database, (tx) => postgres.unrelayedEvents(tx).addUnhandled()),
    relay: (limit) => postgres.transaction(database, (tx) => relayOutbox({ events: postgres.unrelayedEvents(tx), queue }, { limit })),
    reconcile: (limit) =>
      postgres.transaction(database, (tx) => reconcileOutbox({ events: postgres.overdueEvents(tx), queue }, { patience, limit })),
    async sweep(limit) {
      await postgres.foldRecordCounts(database)
      return postgres.transaction(database, (tx) => postgres.deleteHandledEvents(tx, { days: keepHandledDays, limit }))
    },
  }
}

function fileSweeper({ config, database, storage }: WorkerOptions) {
  const ports = { storage, ledger: postgres.fileLedger(database), sessions: postgres.uploadSessions(database) }
  const graceMs = config.uploadGraceHours * 3_600_000
  return (limit: number) => sweepFiles(ports, { before: new Date(Date.now() - graceMs), limit })
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
