import type { Listing, Page } from '@strata/domain/shared'
import type { PublishedRecord, RecordId } from './record.ts'
import type { RecordSourceType } from './record-source.ts'

export interface RecordFilter {
  readonly convention?: string
  readonly source?: RecordSourceType
}

/** Port: what is read of records. Lists come newest first; ids sort by the time of publishing. */
export interface RecordQueries {
  /** One answer per id, in order: one query for all of them. */
  records(ids: readonly RecordId[]): Promise<readonly (PublishedRecord | undefined)[]>
  recordPages(listings: readonly Listing<RecordFilter, RecordId>[]): Promise<readonly Page<PublishedRecord>[]>
  recordCounts(filters: readonly RecordFilter[]): Promise<readonly number[]>
}
