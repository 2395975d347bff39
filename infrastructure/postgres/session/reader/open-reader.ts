import { currentCaller, type Logger } from '../../../telemetry/index.ts'
import { openDatabase, type Database, type DatabaseOptions } from '../connection.ts'
import type { TurnLimits } from './read-turns.ts'
import { prepareReader } from './prepare-reader.ts'

interface ReaderOptions extends DatabaseOptions {
  /** DATABASE_READ_URL, if there is a reader role. */
  readonly readUrl: string | undefined
  readonly log: Logger
  readonly readsPerCaller: number | undefined
}

/** Opens the pool for reading datasets, shared fairly among callers. It uses the restricted reader role or, without one, read-only sessions. */
export async function openReader({ readUrl, log, readsPerCaller, ...given }: ReaderOptions): Promise<Database> {
  const options = { ...given, fairness: { ...turnLimits(given.poolSize, readsPerCaller), callerOf: currentCaller } }
  if (readUrl === undefined) {
    log.warn(
      'datasets are read with the role of DATABASE_URL in read-only sessions; set DATABASE_READ_URL to use a role that can only read',
    )
    return openDatabase({ ...options, readOnly: true })
  }
  const role = await prepareReader({ url: options.url, readUrl })
  log.debug({ role }, 'datasets are read with a role that can only read')
  return openDatabase({ ...options, url: readUrl, readOnly: true })
}

/** Reserves a fifth of the pool for the archive itself, and a quarter of the rest for callers who hold no connection yet. */
function turnLimits(poolSize: number, readsPerCaller: number | undefined): TurnLimits {
  const callers = poolSize - Math.max(1, Math.floor(poolSize / 5))
  const spare = Math.floor(callers / 4)
  return {
    callers,
    spare,
    perCaller: Math.min(readsPerCaller ?? Math.ceil(callers / 2), Math.max(1, callers - 1)),
    waiting: 200,
    waitMs: 10_000,
  }
}
