import type { FileQueries, RecordNames, RecordQueries, StoredFile, UploadInput, UploadProgress } from '@strata/domain/record'
import type { Blobs, Bytes } from '@strata/domain/shared'
import type { CallerOf } from '../../server/mount.ts'

export interface FileServices {
  upload(input: UploadInput & { readonly bytes: Bytes }, actor: string): Promise<StoredFile>
  readonly resumable: ResumableUploads
  readonly queries: FileQueries
  readonly names: RecordNames
  readonly records: Pick<RecordQueries, 'withdrawalsOf'>
  readonly blobs: Pick<Blobs, 'open' | 'link'>
}

/** What the routes of files need. */
export interface FileRouteParts extends FileServices {
  readonly callerOf: CallerOf
  readonly domain: string
  readonly publicUrl: string | undefined
  readonly maxFileBytes: number
  readonly reads: 'public' | 'private'
}

interface ResumableUploads {
  begin(input: UploadInput & { readonly size: number }, actor: string): Promise<UploadProgress>
  progress(id: string, actor: string): Promise<UploadProgress>
  continue(input: { readonly id: string; readonly at: number; readonly bytes: Bytes }, actor: string): Promise<UploadProgress>
  end(id: string, actor: string): Promise<void>
}
