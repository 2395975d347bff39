import { join } from 'node:path'
import { parseReading, type DatasetQueries, type PlacedRow, type ReadableDataset, type ReadingInput } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { Digest, JsonObject } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import { composeWorker } from '@strata/workers'
import { loadConfig } from '@strata/infrastructure/environment'
import { createModuleRunner } from '@strata/infrastructure/runner'
import { openQueue } from '@strata/infrastructure/queue'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger } from '@strata/infrastructure/telemetry'
import { expect } from 'vitest'
import { createTestDatabase, temporaryDirectory } from '../support/index.ts'
import { quick } from '../runs/open-runs.ts'
import { eventually } from '../support/eventually.ts'
import { useCasesOn } from '../support/use-cases.ts'

/** A database with conventions that were deployed and a worker that runs their hooks. */
export async function openDatasets() {
  const parts = new AsyncDisposableStack()
  const database = parts.use(await createTestDatabase())
  const directory = parts.use(await temporaryDirectory())
  const log = createLogger({ level: 'silent', format: 'json' }, 'worker')
  const queue = await openQueue({ databaseUrl: database.url, log })
  parts.defer(() => queue.close())
  const config = loadConfig({ STRATA_DATA_DIR: directory.path, DATABASE_URL: database.url, STRATA_RUN_MEMORY: '4Gi' })
  // With few walls: what is read is tested here, and a machine's cgroups are seen by whatever else is tested on it.
  const source = (digest: Digest) => postgres.moduleSource(database, digest)
  const modules = await createModuleRunner({ stateDir: join(directory.path, 'modules'), source, walls: 'least' })
  const worker = await composeWorker({
    config,
    log,
    database,
    queue,
    storage: openStorage(config),
    runners: [modules],
    pace: { ...quick, leaseSeconds: 60, heartbeatMs: 5_000 },
  })
  parts.defer(() => worker.close())
  const datasets = postgres.datasetQueries(database.reader)
  const somebody = useCasesOn(database, config).as('somebody')

  return {
    database,
    datasets,
    deploy: somebody.deploy,
    setLive: (hook: string, version: number) => somebody.setLive({ hook, version }),
    /** The ids, in the order of the records. */
    async publish(convention: string, records: readonly { sourceId: string; metadata: JsonObject }[]): Promise<RecordId[]> {
      const results = await somebody.publish({ convention, origin: { type: 'import', sourceNode: 'here' }, records })
      return results.map((result) => {
        if (result.status !== 'PUBLISHED') throw new Error(JSON.stringify(result))
        return result.id
      })
    },
    /** Waits until every event was heard and every run has ended well; what the machine broke is tried again, as its operator would. */
    async settled(): Promise<void> {
      for (let attempt = 1; ; attempt++) {
        await eventually(async () => expect((await database.pool.query(waiting)).rows[0].n).toBe(0n), { timeout: 90_000, interval: 50 })
        const { rows: broken } = await database.pool.query(unsettled)
        if (broken.length === 0) return
        if (attempt === 5 || broken.some(({ status }) => status !== 'ERROR')) throw new Error(JSON.stringify(broken))
        for (const { id } of broken) await somebody.retryRun(id)
      }
    },
    readable: (convention: string) => readableDataset(datasets, convention),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

const waiting = `select (select count(*) from outbox where handled_at is null) + (select count(*) from hook_run where finished_at is null) as n`
const unsettled = `select id, hook, status, failure_message from hook_run failed
  where status <> 'PASSED' and not exists (select from hook_run again where again.retry_of = failed.id)`

export type OpenDatasets = Awaited<ReturnType<typeof openDatasets>>

export async function readableDataset(datasets: DatasetQueries, convention: string): Promise<ReadableDataset> {
  const dataset = await datasets.readable(convention)
  if (dataset === undefined) throw new Error(`no dataset ${convention}`)
  return dataset
}

/** Every page, one after the other, and the number of rows that the archive says there are. */
export async function readAll(
  datasets: DatasetQueries,
  dataset: ReadableDataset,
  input: ReadingInput,
  first = 1000,
): Promise<{ rows: PlacedRow[]; count: number }> {
  const reading = parseReading(dataset, input)
  const rows: PlacedRow[] = []
  for (let page = await datasets.rowPage(reading, { first }); ;) {
    rows.push(...page.items)
    const last = page.items.at(-1)
    if (!page.hasNextPage || last === undefined) break
    page = await datasets.rowPage(reading, { first, after: last.place })
  }
  return { rows, count: await datasets.rowCount(reading) }
}
