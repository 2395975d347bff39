import type { Schema } from '@strata/domain/convention'
import type { Outbox, Slug } from '@strata/domain/shared'
import type { RecordFileStore } from './files/file-ledger.ts'
import type { Naming } from './first-record.ts'
import type { NewRecord } from './new-record.ts'
import type { RecordId } from './record.ts'
import type { RecordSourceType } from './record-source.ts'
import type { NewestVersion } from './versions/newest-version.ts'

export interface PublishPorts {
  readonly records: RecordStore
  readonly files: RecordFileStore
  readonly outbox: Outbox
  readonly naming?: Naming
}

export interface RecordStore {
  /** The current schema of the convention's records; undefined when there is no such convention. */
  schemaOf(convention: Slug): Promise<Schema | undefined>
  /** Whether any record has ever been published in this archive. */
  hasRecords(): Promise<boolean>
  /** Publishes version 1 of what has a source that is new here, in one statement. Undefined for a known source; in order. */
  insertNew(batch: NewRecords, actor: string): Promise<readonly (RecordId | undefined)[]>
  /**
   * The newest versions of the records of these sources, by source id. With `lock`, no other transaction can publish a
   * version of them, withdraw or restore them before this one ends.
   */
  newestOf(sources: KnownSources, lock: boolean): Promise<ReadonlyMap<string, NewestVersion>>
  /** Publishes these as the next versions of their records, in one statement. What they replace no longer counts. */
  insertVersions(batch: NewVersions, actor: string): Promise<readonly RecordId[]>
}

export interface NewRecords {
  readonly convention: Slug
  readonly schema: Schema
  readonly records: readonly NewRecord[]
}

export interface KnownSources {
  readonly convention: Slug
  readonly type: RecordSourceType
  readonly ids: readonly string[]
}

export interface NewVersions {
  readonly convention: Slug
  readonly schema: Schema
  readonly versions: readonly { readonly record: NewRecord; readonly replaces: NewestVersion }[]
}

/** What to do with other content under a known source. */
export type OnChange = 'KEEP' | 'REVISE'
