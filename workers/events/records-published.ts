import type { RecordsPublished } from '@strata/domain/shared'
import type { Log } from '../log.ts'

/** Where the hooks of a convention will start over its new records. */
export function recordsPublished({ log }: { log: Log }) {
  return async (event: RecordsPublished): Promise<void> => {
    log.info({ convention: event.convention, records: event.recordIds.length }, 'records published')
  }
}
