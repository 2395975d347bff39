import type { DeployInput } from '@strata/domain/convention'
import { registryOf } from '@strata/domain/registry'
import type { RunStatus } from '@strata/domain/run'
import { loadConfig } from '@strata/infrastructure/environment'
import { openQueue, type JobQueue } from '@strata/infrastructure/queue'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger, type Logger } from '@strata/infrastructure/telemetry'
import { composeWorker, type RunningWorker, type WorkerOptions } from '@strata/workers'
import { expect } from 'vitest'
import { createTestDatabase, temporaryDirectory, type TestDatabase } from '../support/index.ts'
import { hookInput, manifestWithHooks, type HookOfTest } from './manifest.ts'
import { eventually } from '../support/eventually.ts'
import { useCasesOn } from '../support/use-cases.ts'

export interface Backend {
  open(database: TestDatabase, log: Logger): Promise<JobQueue>
  wipe(database: TestDatabase): Promise<void>
}

const postgresBackend: Pick<Backend, 'open'> = { open: (database, log) => openQueue({ databaseUrl: database.url, log }) }

/** Short waits: what takes a minute in an archive takes moments in a test. */
export const quick: NonNullable<WorkerOptions['pace']> = {
  pollMs: 200,
  reconcileMs: 200,
  patience: { seconds: 1, atMostSeconds: 2 },
  leaseSeconds: 2,
  heartbeatMs: 400,
  admissionMs: 500,
  backoff: 20,
  absence: { firstMs: 50, atMostMs: 500 },
}

export type RunRow = {
  readonly id: string
  readonly hook: string
  readonly status: RunStatus
  readonly [column: string]: unknown
}

/** A database with a convention and its hooks, and as many workers as a test asks for. All of it is gone at its end. */
export async function openRuns(backend: Pick<Backend, 'open'> = postgresBackend, hooks: readonly HookOfTest[] = [{}]) {
  const parts = new AsyncDisposableStack()
  const database = parts.use(await createTestDatabase())
  const directory = parts.use(await temporaryDirectory())
  const lines: { readonly [field: string]: unknown }[] = []
  const log = createLogger({ level: 'info', format: 'json' }, 'worker', { write: (line) => lines.push(JSON.parse(line)) })
  const queue = await backend.open(database, log)
  parts.defer(() => queue.close())
  // The tests' registries are on this machine, so the setting must name them.
  const registries = ['*', ...hooks.flatMap(({ image }) => (image === undefined ? [] : [registryOf(image.image)]))].join(',')
  const config = loadConfig({
    STRATA_DATA_DIR: directory.path,
    DATABASE_URL: database.url,
    STRATA_RUN_MEMORY: '4Gi',
    STRATA_OCI_REGISTRIES: registries,
  })

  const { as } = useCasesOn(database, config)
  const rows = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows
  async function deploy(changed: readonly HookOfTest[] = hooks, more: Partial<DeployInput> = {}) {
    return as('a').deploy({ ...manifestWithHooks(changed.map(hookInput)), ...more })
  }
  await deploy()

  return {
    database,
    directory: directory.path,
    config,
    lines,
    queue,
    rows,
    deploy,
    async work(options: Partial<WorkerOptions> = {}): Promise<RunningWorker> {
      const worker = await composeWorker({
        config,
        log,
        database,
        queue,
        storage: openStorage(options.config ?? config),
        ...options,
        pace: { ...quick, ...options.pace },
      })
      parts.defer(() => worker.close())
      return worker
    },
    /** Publishes records whose metadata are what `metadata` says of the n-th; returns their ids in order. */
    async publish(count: number, metadata: (n: number) => object = () => ({}), convention = 'numbers', by = 'a'): Promise<string[]> {
      const before = await rows('select count(*)::int as n from record')
      const records = Array.from({ length: count }, (_, n) => ({
        sourceId: `r${before[0].n + n}`,
        metadata: { n: before[0].n + n, ...metadata(n) },
      }))
      const results = await as(by).publish({ convention, origin: { type: 'import', sourceNode: 'here' }, records })
      return results.map((result) => {
        if (result.status !== 'PUBLISHED') throw new Error(JSON.stringify(result))
        return result.id
      })
    },
    /** Publishes the next version of a record, which is named by any of its versions; undefined while it is withdrawn. */
    async revise(version: string): Promise<string | undefined> {
      const [{ source, convention, n }] = await rows(
        `select source ->> 'id' as source, convention, (select count(*)::int from record) as n from record where id = $1`,
        [version],
      )
      const [result] = await as('a').publish({
        convention,
        origin: { type: 'import', sourceNode: 'here' },
        onChange: 'REVISE',
        records: [{ sourceId: source, metadata: { n } }],
      })
      return result?.status === 'REVISED' ? result.id : undefined
    },
    /** Publishes so many times, each time as somebody else, so that no two of them are gathered into one run. */
    async publishApart(times: number, count = 1): Promise<void> {
      for (let n = 0; n < times; n += 1) await this.publish(count, undefined, undefined, `publisher-${n}`)
    },
    runs: (): Promise<RunRow[]> => rows('select * from hook_run order by id'),
    async ended(count: number, timeout = 60_000): Promise<RunRow[]> {
      await eventually(
        async () => expect(await rows('select status::text from hook_run where finished_at is not null')).toHaveLength(count),
        { timeout, interval: 50 },
      )
      return rows('select * from hook_run order by id')
    },
    async outcomes(): Promise<Record<string, number>> {
      const found = await rows(
        'select status, count(*)::int as n from run_outcome where won_at is not null and lost_at is null group by status',
      )
      return Object.fromEntries(found.map(({ status, n }) => [status, n]))
    },
    cancel: as('a').cancelRun,
    retry: as('a').retryRun,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}
