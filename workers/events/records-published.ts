import type { BatchPriority } from '@strata/domain/run'
import type { RecordsPublished } from '@strata/domain/shared'
import type { Log } from '../log.ts'

/** Port: makes batches and their runs, in the event's own transaction; returns how many runs. */
export type StartMissing = (batch: {
  readonly convention: string
  readonly recordIds: readonly string[]
  readonly priority: BatchPriority
}) => Promise<number>

/** The hooks of a convention start over its new records, those apart that looked at them before they were records. */
export function recordsPublished({ log, startMissing }: { log: Log; startMissing: StartMissing }) {
  return async ({ convention, recordIds }: RecordsPublished): Promise<void> => {
    const runs = await startMissing({ convention, recordIds, priority: 'BULK' })
    log.info({ convention, records: recordIds.length, runs }, 'records published')
  }
}
