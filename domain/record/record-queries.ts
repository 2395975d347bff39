import type { Listing, Page } from '@strata/domain/shared'
import type { PublishedRecord, RecordId } from './record.ts'
import type { RecordSourceType } from './record-source.ts'

export interface RecordFilter {
  readonly convention?: string
  readonly source?: RecordSourceType
}

/** Port: reads records. Lists are newest first; ids sort by publish time. */
export interface RecordQueries {
  /** One result per id, in order, with one query. */
  records(ids: readonly RecordId[]): Promise<readonly (PublishedRecord | undefined)[]>
  recordPages(listings: readonly Listing<RecordFilter, RecordId>[]): Promise<readonly Page<PublishedRecord>[]>
  recordCounts(filters: readonly RecordFilter[]): Promise<readonly number[]>
}
