import type { FileRequirements } from '@strata/domain/convention'
import type { Digest, Slug, StagingId } from '@strata/domain/shared'
import type { FileSight } from './file-sight.ts'
import type { RecordFile, StoredFile } from './file.ts'
import type { RecordId } from '../record.ts'

/**
 * Port: the table of stored content. A file's row is inserted before its content is moved to its digest, and the file counts as
 * stored only afterwards, so there is never content without a row, nor a stored file without content.
 */
export interface FileLedger {
  announce(file: StoredFile, actor: string): Promise<void>
  /** Runs `move` under a lock on this file, unless it is already stored. Afterwards the file is stored. */
  keep(file: StoredFile, actor: string, move: () => Promise<void>): Promise<StoredFile>
  /** Like `keep`, for the content of an upload. The actor now holds the file, and the upload's reservation ends. */
  keepUpload(file: StoredFile, actor: string, move: () => Promise<void>, upload: StagingId): Promise<StoredFile>
  /** Ends the holdings that were not uploaded again since then, except for files in the holder's own drafts. */
  releaseHoldings(before: Date): Promise<void>
  /** Marks at most `limit` files as not stored that nothing refers to and that were not touched since; returns their digests. */
  forgetUnreferenced(before: Date, limit: number): Promise<readonly Digest[]>
  /** Files that have not been stored since then: forgotten, or announced and never stored. */
  abandoned(before: Date, limit: number): Promise<readonly Digest[]>
  /** Runs `remove` under a lock on the file and deletes its row. Does nothing if the file was stored again meanwhile. */
  strikeOff(digest: Digest, before: Date, remove: () => Promise<void>): Promise<boolean>
}

/** Port: the files of records, within the transaction that publishes them. */
export interface RecordFileStore {
  rulesOf(convention: Slug): Promise<FileRequirements | undefined>
  /** The stored files among these that the caller may see. The sweep cannot remove them before the transaction ends. */
  hold(digests: readonly Digest[], sight: FileSight): Promise<readonly StoredFile[]>
  /** Makes these files public. They no longer count against any quota. */
  attach(files: readonly AttachedFiles[]): Promise<void>
}

interface AttachedFiles {
  readonly record: RecordId
  readonly files: readonly RecordFile[]
}

/** Port: reads files. */
export interface FileQueries {
  /** One list per record, in order, with one query. */
  filesOf(records: readonly RecordId[]): Promise<readonly (readonly RecordFile[])[]>
  fileOf(record: RecordId, name: string): Promise<RecordFile | undefined>
  /** A stored file that the caller may see, and whether a published record has it. */
  file(digest: Digest, sight: FileSight): Promise<(StoredFile & { readonly isPublished: boolean }) | undefined>
  rulesOf(convention: Slug): Promise<FileRequirements | undefined>
}
