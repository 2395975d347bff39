import type { BatchPriority } from '@strata/domain/run'
import type { RecordsPublished } from '@strata/domain/shared'
import type { Log } from '../log.ts'

/** Port: makes a batch and its runs, in the event's own transaction; returns how many runs. */
export type StartBatch = (batch: {
  readonly convention: string
  readonly recordIds: readonly string[]
  readonly priority: BatchPriority
}) => Promise<number>

/** The hooks of a convention start over its new records. */
export function recordsPublished({ log, startBatch }: { log: Log; startBatch: StartBatch }) {
  return async ({ convention, recordIds }: RecordsPublished): Promise<void> => {
    const runs = await startBatch({ convention, recordIds, priority: 'BULK' })
    log.info({ convention, records: recordIds.length, runs }, 'records published')
  }
}
