import type { Logger } from '../../../telemetry/index.ts'
import { openDatabase, type Database, type DatabaseOptions } from '../connection.ts'
import { prepareReader } from './prepare-reader.ts'

interface ReaderOptions extends DatabaseOptions {
  /** DATABASE_READ_URL, when there is a role that only reads. */
  readonly readUrl: string | undefined
  readonly log: Logger
}

/** The pool of all that reads datasets: on a role that may do nothing else or, without one, at least in read-only sessions. */
export async function openReader({ readUrl, log, ...options }: ReaderOptions): Promise<Database> {
  if (readUrl === undefined) {
    log.warn('datasets are read with the role of DATABASE_URL, in read-only sessions; DATABASE_READ_URL gives reading a role that can do nothing else')
    return openDatabase({ ...options, readOnly: true })
  }
  const role = await prepareReader({ url: options.url, readUrl })
  log.debug({ role }, 'datasets are read with a role that can do nothing else')
  return openDatabase({ ...options, url: readUrl, readOnly: true })
}
