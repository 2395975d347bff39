import { hostname } from 'node:os'
import { join } from 'node:path'
import { keepStaged } from '@strata/domain/record'
import {
  defaultFailurePolicy,
  endWithLeast,
  finishRun,
  queueRuns,
  type FailurePolicy,
  type ProgramRunner,
  type RunLogs,
} from '@strata/domain/run'
import { BadUserInput, PayloadTooLarge, type Storage } from '@strata/domain/shared'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import type { JobQueue } from '@strata/infrastructure/queue'
import { createModuleRunner, InvalidOutput, k8sRunner, ociRunner, runWorkspace } from '@strata/infrastructure/runner'
import { runWithRequest, type Logger } from '@strata/infrastructure/telemetry'
import { admission } from './admission.ts'
import type { RunPace, Stage } from './ports.ts'
import { leftoverSweep, putAway, type PutAwayPorts } from './put-away.ts'
import { readiness, type ReadinessOptions } from './readiness.ts'
import type { StartRunsOptions } from './start-runs.ts'
import type { RunPollPace } from './upkeep.ts'

export interface RunsOptions {
  readonly config: Config
  readonly log: Logger
  readonly database: postgres.Database
  readonly queue: JobQueue
  readonly storage: Storage
  readonly pace: RunPace & RunPollPace & { readonly patience: { readonly seconds: number }; readonly absence: ReadinessOptions['pace'] }
  readonly listen: StartRunsOptions['listen']
  readonly runners?: readonly ProgramRunner[]
  readonly policy?: Partial<FailurePolicy>
  readonly reached?: (stage: Stage, run: string) => Promise<void>
}

/** The pipeline of runs on this database, this queue and this machine. */
export async function composeRuns(options: RunsOptions): Promise<StartRunsOptions> {
  const { config, log, database, queue, storage, pace, listen, policy, reached = () => Promise.resolve() } = options
  const runners = options.runners ?? (await openRunners(options))
  const workspace = runWorkspace(join(config.dataDir, 'runs'), { stageRows: postgres.stageRows, blobs: storage.blobs })
  const wholePolicy = {
    ...defaultFailurePolicy,
    maxMemoryBytes: Math.min(defaultFailurePolicy.maxMemoryBytes, config.runs.memoryBytes),
    ...policy,
  }
  const away = putAwayPorts(options, workspace)
  const within = <T>(work: (tx: postgres.Transaction) => Promise<T>) => postgres.transaction(database, work)
  return {
    queue,
    runners,
    pace,
    concurrency: config.runs.concurrency,
    runWithRequest,
    listen,
    tasks: {
      queue: (jobs, limit, except) =>
        within((tx) =>
          queueRuns({ runs: postgres.waitingRuns(tx), queue: jobs }, { limit, patienceSeconds: pace.patience.seconds, except }),
        ),
      tellAgain: () => within((tx) => postgres.waitingRuns(tx).tellAgain()),
      release: (limit) => within((tx) => postgres.waitingRuns(tx).releaseExpired(limit, pace.leaseSeconds)),
      markQueued: (run) => within((tx) => postgres.waitingRuns(tx).markQueued([run])),
      shelve: (run) => within((tx) => postgres.waitingRuns(tx).shelve(run)),
      isLive: (attempt) => postgres.isRunning(database, attempt),
      putAway: leftoverSweep(away),
    },
    ports: {
      leases: postgres.runLeases(database),
      inputs: postgres.runInputs(database),
      workspace,
      appendLog: postgres.runLogWriter(database),
      putAway: (run) => putAway(away, run),
      runnerFor: (type) => runners.find((runner) => runner.runs.includes(type)),
      finish: (input) =>
        within(async (tx) => {
          const ended = await finishRun(
            {
              runs: postgres.runEndings(tx),
              rows: postgres.featureRowStore(tx),
              batches: postgres.batchStore(tx),
              outbox: postgres.outbox(tx, 'strata:worker'),
              reproductions: postgres.reproductionStore(tx),
            },
            input,
          )
          await reached('inserted', input.lease.run)
          return ended
        }),
      endWithLeast: (lease) =>
        within((tx) =>
          endWithLeast(
            { runs: postgres.leastEndings(tx), batches: postgres.batchStore(tx), outbox: postgres.outbox(tx, 'strata:worker') },
            lease,
          ),
        ),
      isPassing: postgres.isPassingFault,
      readiness: readiness({ runners, policy: wholePolicy, log, pace: pace.absence }),
      admission: admission(config.runs),
      policy: wholePolicy,
      pace,
      maxRunBytes: config.runs.outputBytes,
      maxRunSeconds: config.runs.maxSeconds,
      log,
      worker: `${hostname()}:${process.pid}`,
      reached,
    },
  }
}

/** Files of runs are kept as all files are: once under their digest, for as long as something refers to them. */
function putAwayPorts({ config, database, storage, log, pace }: RunsOptions, workspace: PutAwayPorts['workspace']): PutAwayPorts {
  const [ledger, files, logs] = [postgres.fileLedger(database), postgres.runFiles(database), postgres.runLogs(database, storage.blobs)]
  return {
    workspace,
    log,
    printed: async (run) => ((await logs.read(run, 0)).length === 0 ? undefined : wholeLog(logs, run)),
    files: {
      ...files,
      async keep({ run, name, digest }, bytes) {
        const staged = await storage.staging.put(bytes, { limit: pace.maxOutputBytes })
        try {
          await files.add(
            run,
            name,
            await keepStaged({ storage, ledger }, staged, digest === undefined ? {} : { expectedDigest: digest }, 'strata:worker'),
          )
        } finally {
          await storage.staging.discard(staged.id)
        }
      },
      expire: (limit) => files.expire(config.runs.keepDays, limit),
    },
    whySpoilt: (error) =>
      error instanceof BadUserInput || error instanceof PayloadTooLarge || error instanceof InvalidOutput ? error.message : undefined,
  }
}

async function* wholeLog(logs: RunLogs, run: string): AsyncGenerator<Uint8Array, void> {
  for (let from = 0; ;) {
    const bytes = await logs.read(run, from)
    if (bytes.length === 0) return
    yield bytes
    from += bytes.length
  }
}

/** Modules run anywhere, so every worker runs them; what else it runs is configured. */
async function openRunners({ config, log, database }: RunsOptions): Promise<readonly ProgramRunner[]> {
  const modules = await createModuleRunner({
    stateDir: join(config.dataDir, 'modules'),
    source: (digest) => postgres.moduleSource(database, digest),
    required: config.moduleWalls,
    onWeakness: (weakness) => log.warn({ weakness }, 'hooks are held less tightly than they could be'),
  })
  // Do not use the domain: two archives with the same domain may share an engine or a cluster.
  const installation = () => postgres.installationId(database, config.domain)
  switch (config.runner) {
    case 'module':
      return [modules]
    case 'oci':
      return [
        modules,
        ociRunner({ sockets: config.ociSockets, registries: config.registries, node: await installation(), images: config.ociImages }),
      ]
    case 'k8s':
      return [modules, k8sRunner({ ...config.k8s, registries: config.registries, node: await installation() })]
    default:
      return config.runner satisfies never
  }
}
