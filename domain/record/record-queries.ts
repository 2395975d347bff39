import type { Listing, Page } from '@strata/domain/shared'
import type { PublishedRecord, RecordId } from './record.ts'
import type { RecordSourceType } from './record-source.ts'
import type { Withdrawal } from './versions/withdrawal.ts'

export interface RecordFilter {
  readonly convention?: string
  readonly source?: RecordSourceType
  /** Only forks of this record of the archive of `domain`, whichever version they name. */
  readonly forkOf?: { readonly identity: RecordId; readonly domain: string }
}

/** Port: what is read of records. Lists have the versions that count, newest first; ids sort by the time of publishing. */
export interface RecordQueries {
  /** One result per id, in order, with one query. */
  records(ids: readonly RecordId[]): Promise<readonly (PublishedRecord | undefined)[]>
  recordPages(listings: readonly Listing<RecordFilter, RecordId>[]): Promise<readonly Page<PublishedRecord>[]>
  /** All versions of each record, newest first, by the record's id. */
  versionsOf(identities: readonly RecordId[]): Promise<readonly (readonly PublishedRecord[])[]>
  /** How each record is withdrawn, if it is, by the record's id. */
  withdrawalsOf(identities: readonly RecordId[]): Promise<readonly (Withdrawal | undefined)[]>
  /** For each of these, the version in this archive that it was forked from, if any. `domain` is this archive's. */
  originalsOf(ids: readonly RecordId[], domain: string): Promise<readonly (RecordId | undefined)[]>
  recordCounts(filters: readonly RecordFilter[]): Promise<readonly number[]>
}
