import type { Listing, Page } from '@strata/domain/shared'
import type { PublishedRecord, RecordId } from './record.ts'
import type { RecordSourceType } from './record-source.ts'
import type { Withdrawal } from './versions/withdrawal.ts'

export interface RecordFilter {
  readonly convention?: string
  readonly source?: RecordSourceType
  /** Forks of any version of this record, which is named on the node of `domain`. */
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
  /** The version here, in the archive of `domain`, that each of these was forked from; undefined for what is not a fork of one. */
  originalsOf(ids: readonly RecordId[], domain: string): Promise<readonly (RecordId | undefined)[]>
  recordCounts(filters: readonly RecordFilter[]): Promise<readonly number[]>
}
