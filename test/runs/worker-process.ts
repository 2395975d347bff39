import { loadConfig } from '@strata/infrastructure/environment'
import { openDatabase } from '@strata/infrastructure/postgres'
import { openQueue } from '@strata/infrastructure/queue'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger } from '@strata/infrastructure/telemetry'
import { composeWorker } from '@strata/workers'

/**
 * A worker as a process of its own, which stops for good when a run comes to the stage that it was started with: what
 * has happened by then has happened, and the rest never will. Tests kill it there.
 */
const [stage = '', databaseUrl = '', dataDir = '', redisUrl] = process.argv.slice(2)
const config = loadConfig({ DATABASE_URL: databaseUrl, STRATA_DATA_DIR: dataDir, STRATA_RUN_MEMORY: '4Gi' })
const log = createLogger({ level: 'info', format: 'json' }, 'worker', { write: (line) => process.stderr.write(line) })
const database = openDatabase({ url: databaseUrl, poolSize: 10, name: 'worker to be killed' })
const queue = await openQueue({ databaseUrl, redisUrl, log })
await composeWorker({
  config,
  log,
  database,
  queue,
  storage: openStorage(config),
  pace: { leaseSeconds: 2, heartbeatMs: 400, pollMs: 200 },
  reached: async (at) => {
    if (at !== stage) return
    process.stdout.write(`${stage}\n`)
    await new Promise(() => {})
  },
})
process.stdout.write('ready\n')
