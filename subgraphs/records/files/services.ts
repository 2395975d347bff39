import type { Principal } from '@strata/domain/identity'
import type { FileQueries, StoredFile, UploadInput, UploadProgress } from '@strata/domain/record'
import type { Blobs, Bytes } from '@strata/domain/shared'

/** What the routes of files need; each use case is composed with its ports. */
export interface FileServices {
  /** Who calls; a refusal when the caller may not call this service at all. */
  callerOf(headers: Readonly<Record<string, string | undefined>>): Promise<Principal>
  upload(input: UploadInput & { readonly bytes: Bytes }, actor: string): Promise<StoredFile>
  readonly resumable: ResumableUploads
  readonly queries: FileQueries
  readonly blobs: Pick<Blobs, 'open' | 'link'>
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
